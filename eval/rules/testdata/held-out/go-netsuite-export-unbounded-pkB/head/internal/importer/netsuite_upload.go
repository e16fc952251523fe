package importer

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"path"

	"github.com/labstack/echo/v4"
)

type UploadHandler struct {
	ledger LedgerImporter
}

// Upload takes the zipped saved-search export which customers drop in the portal.
func (h *UploadHandler) Upload(c echo.Context) error {
	req := c.Request()
	raw, err := io.ReadAll(http.MaxBytesReader(c.Response(), req.Body, 20<<20))
	if err != nil {
		return echo.NewHTTPError(http.StatusRequestEntityTooLarge, "file too large")
	}
	archive, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return echo.NewHTTPError(http.StatusBadRequest, "not a zip file")
	}

	for _, f := range archive.File {
		if path.Ext(f.Name) != ".csv" {
			continue
		}
		content, err := readEntry(f)
		if err != nil {
			return echo.NewHTTPError(http.StatusBadRequest, "unreadable entry")
		}
		if err := h.ledger.ImportCSV(req.Context(), path.Base(f.Name), content); err != nil {
			if errors.Is(err, ErrFormat) {
				return echo.NewHTTPError(http.StatusUnprocessableEntity, err.Error())
			}
			return fmt.Errorf("import %s: %w", f.Name, err)
		}
	}
	return c.NoContent(http.StatusAccepted)
}

func readEntry(f *zip.File) ([]byte, error) {
	rc, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer rc.Close()
	return io.ReadAll(rc)
}
