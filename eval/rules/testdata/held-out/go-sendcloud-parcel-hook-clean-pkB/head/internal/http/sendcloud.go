package http

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"

	"github.com/gin-gonic/gin"
	"go.uber.org/zap"
)

type parcelStatus struct {
	Action    string `json:"action"`
	Timestamp int64  `json:"timestamp"`
	Parcel    struct {
		ID     int64 `json:"id"`
		Status struct {
			ID int `json:"id"`
		} `json:"status"`
	} `json:"parcel"`
}

func (s *Server) sendcloud(c *gin.Context) {
	raw, err := io.ReadAll(http.MaxBytesReader(c.Writer, c.Request.Body, 512<<10))
	if err != nil {
		c.AbortWithStatus(http.StatusRequestEntityTooLarge)
		return
	}
	if !signedBy(s.cfg.SendcloudSecret, raw, c.GetHeader("Sendcloud-Signature")) {
		c.AbortWithStatus(http.StatusForbidden)
		return
	}

	var ev parcelStatus
	if err := json.Unmarshal(raw, &ev); err != nil {
		c.AbortWithStatus(http.StatusBadRequest)
		return
	}
	if ev.Action != "parcel_status_changed" || ev.Parcel.ID == 0 {
		c.Status(http.StatusOK)
		return
	}
	// The update has "AND last_event_at < $3", so old and repeated events change nothing.
	if err := s.parcels.AdvanceStatus(c.Request.Context(), ev.Parcel.ID, ev.Parcel.Status.ID, ev.Timestamp); err != nil {
		s.log.Error("advance parcel", zap.Int64("parcel", ev.Parcel.ID), zap.Error(err))
		c.AbortWithStatus(http.StatusInternalServerError)
		return
	}
	c.Status(http.StatusOK)
}

func signedBy(secret string, body []byte, header string) bool {
	given, err := hex.DecodeString(header)
	if err != nil {
		return false
	}
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write(body)
	return hmac.Equal(mac.Sum(nil), given)
}
