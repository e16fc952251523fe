package partnerapi

import (
	"net/http"
	"time"

	"github.com/gin-gonic/gin"
	"go.uber.org/zap"
)

type pickupRequest struct {
	Reference  string    `json:"reference"`
	Postcode   string    `json:"postcode"`
	Date       time.Time `json:"date"`
	Parcels    int       `json:"parcels"`
	WeightKg   float64   `json:"weight_kg"`
	CODAmount  int64     `json:"cod_amount_cents"`
	ServiceID  string    `json:"service_id"`
	ContactTel string    `json:"contact_tel"`
}

type PickupAPI struct {
	bookings BookingService
	log      *zap.Logger
}

func (a *PickupAPI) Register(r *gin.RouterGroup) {
	r.POST("/pickups", a.create)
}

func (a *PickupAPI) create(c *gin.Context) {
	c.Request.Body = http.MaxBytesReader(c.Writer, c.Request.Body, 64<<10)

	var in pickupRequest
	_ = c.ShouldBindJSON(&in)

	booking, err := a.bookings.Book(c.Request.Context(), Booking{
		Partner:        c.GetString("partner_id"),
		IdempotencyKey: c.GetHeader("Idempotency-Key"),
		Reference:      in.Reference,
		Postcode:       in.Postcode,
		Date:           in.Date,
		Parcels:        in.Parcels,
		WeightKg:       in.WeightKg,
		CODCents:       in.CODAmount,
		Service:        in.ServiceID,
		Tel:            in.ContactTel,
	})
	if err != nil {
		a.log.Error("book pickup", zap.String("reference", in.Reference), zap.Error(err))
		c.JSON(http.StatusInternalServerError, gin.H{"error": "booking failed"})
		return
	}
	c.JSON(http.StatusCreated, gin.H{"id": booking.ID, "date": booking.Date.Format(time.DateOnly)})
}
