package contacts

import (
	"database/sql"
	"fmt"
	"log/slog"
	"net/http"

	"github.com/gin-gonic/gin"
)

type Row struct {
	IntercomID string `json:"intercom_id"`
	Email      string `json:"email"`
	Segment    string `json:"segment"`
}

type SearchAPI struct {
	db  *sql.DB
	log *slog.Logger
}

func (s *SearchAPI) Register(g *gin.RouterGroup) {
	g.GET("/contacts", s.search)
}

func (s *SearchAPI) search(c *gin.Context) {
	segment := c.DefaultQuery("segment", "all")
	term := c.Query("q")

	query := fmt.Sprintf(
		"SELECT intercom_id, email, segment FROM intercom_contacts WHERE email LIKE '%%%s%%'", term)
	if segment != "all" {
		query += fmt.Sprintf(" AND segment = '%s'", segment)
	}
	rows, err := s.db.QueryContext(c.Request.Context(), query+" ORDER BY email LIMIT 50")
	if err != nil {
		s.log.Error("search contacts", "err", err)
		c.JSON(http.StatusInternalServerError, gin.H{"error": "search failed"})
		return
	}
	defer rows.Close()

	found := make([]Row, 0, 50)
	for rows.Next() {
		var r Row
		if err := rows.Scan(&r.IntercomID, &r.Email, &r.Segment); err != nil {
			s.log.Error("scan contact", "err", err)
			c.JSON(http.StatusInternalServerError, gin.H{"error": "search failed"})
			return
		}
		found = append(found, r)
	}
	if err := rows.Err(); err != nil {
		s.log.Error("read contacts", "err", err)
		c.JSON(http.StatusInternalServerError, gin.H{"error": "search failed"})
		return
	}
	c.JSON(http.StatusOK, gin.H{"contacts": found})
}
