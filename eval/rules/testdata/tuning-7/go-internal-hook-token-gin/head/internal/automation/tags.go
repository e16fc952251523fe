package automation

import (
	"context"
	"log/slog"
	"net/http"

	"github.com/gin-gonic/gin"
)

type TagStore interface {
	SetTags(ctx context.Context, customer string, tags []string) error
}

type setTagsRequest struct {
	Customer string   `json:"customer" binding:"required,uuid"`
	Tags     []string `json:"tags" binding:"required,max=20,dive,max=40"`
}

func SetTags(store TagStore, log *slog.Logger) gin.HandlerFunc {
	return func(c *gin.Context) {
		var req setTagsRequest
		if err := c.ShouldBindJSON(&req); err != nil {
			c.JSON(http.StatusBadRequest, gin.H{"error": "invalid request"})
			return
		}
		if err := store.SetTags(c.Request.Context(), req.Customer, req.Tags); err != nil {
			log.Error("set tags", "customer", req.Customer, "err", err)
			c.JSON(http.StatusInternalServerError, gin.H{"error": "internal error"})
			return
		}
		c.Status(http.StatusNoContent)
	}
}
