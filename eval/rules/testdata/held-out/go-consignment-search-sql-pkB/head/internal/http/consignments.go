package http

import (
	"fmt"
	"net/http"

	"github.com/gin-gonic/gin"
	"github.com/jmoiron/sqlx"
	"go.uber.org/zap"
)

type consignmentRow struct {
	ID        int64  `db:"id" json:"id"`
	Reference string `db:"reference" json:"reference"`
	Carrier   string `db:"carrier" json:"carrier"`
	Status    string `db:"status" json:"status"`
}

type ConsignmentAPI struct {
	db  *sqlx.DB
	log *zap.Logger
}

func (a *ConsignmentAPI) Register(r gin.IRouter) {
	r.GET("/consignments", a.search)
}

// search serves the partner portal's consignment list.
func (a *ConsignmentAPI) search(c *gin.Context) {
	tenant := c.GetInt64("tenant_id")
	carrier := c.Query("carrier")

	query := fmt.Sprintf(
		"SELECT id, reference, carrier, status FROM consignments WHERE tenant_id = %d AND carrier = '%s' ORDER BY id DESC LIMIT 100",
		tenant, carrier,
	)
	rows := []consignmentRow{}
	if err := a.db.SelectContext(c.Request.Context(), &rows, query); err != nil {
		a.log.Error("search consignments", zap.Int64("tenant", tenant), zap.Error(err))
		c.JSON(http.StatusInternalServerError, gin.H{"error": "search failed"})
		return
	}
	c.JSON(http.StatusOK, gin.H{"consignments": rows})
}
