package fileexchange

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"net/http"

	"github.com/labstack/echo/v4"
)

const maxUpload = 32 << 20

type Importer interface {
	Replace(ctx context.Context, partnerID string, rows [][]string) error
}

type Handler struct {
	importer Importer
}

// Upload receives the catalogue; the route group authenticates the partner by client certificate.
func (h *Handler) Upload(c echo.Context) error {
	partner, ok := c.Get("partner").(string)
	if !ok {
		return echo.NewHTTPError(http.StatusUnauthorized)
	}

	zr, err := gzip.NewReader(http.MaxBytesReader(c.Response(), c.Request().Body, maxUpload))
	if err != nil {
		return echo.NewHTTPError(http.StatusBadRequest, "not a gzip stream")
	}
	defer zr.Close()

	plain, err := io.ReadAll(zr)
	if err != nil {
		return echo.NewHTTPError(http.StatusBadRequest, "broken gzip stream")
	}
	reader := csv.NewReader(bytes.NewReader(plain))
	reader.Comma = ';'
	reader.FieldsPerRecord = 9
	rows, err := reader.ReadAll()
	if err != nil {
		return echo.NewHTTPError(http.StatusUnprocessableEntity, err.Error())
	}
	if err := h.importer.Replace(c.Request().Context(), partner, rows); err != nil {
		return fmt.Errorf("import catalogue of %s: %w", partner, err)
	}
	return c.NoContent(http.StatusAccepted)
}
