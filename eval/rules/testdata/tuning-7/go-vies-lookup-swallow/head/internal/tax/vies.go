package tax

import (
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"regexp"
	"strings"
)

const viesURL = "https://ec.europa.eu/taxation_customs/vies/rest-api/ms/%s/vat/%s"

var (
	vatNumber        = regexp.MustCompile(`^[A-Z]{2}[0-9A-Z+*]{2,12}$`)
	ErrMalformedVAT  = errors.New("malformed VAT number")
	ErrVIESUnreached = errors.New("VIES not reachable")
)

type viesAnswer struct {
	IsValid   bool   `json:"isValid"`
	Name      string `json:"name"`
	UserError string `json:"userError"`
}

type VATChecker struct {
	log *slog.Logger
}

func NewVATChecker(log *slog.Logger) *VATChecker {
	return &VATChecker{log: log}
}

// Check is called by the sign-up handler; it returns the registered company name.
func (v *VATChecker) Check(number string) (valid bool, company string, err error) {
	number = strings.ToUpper(strings.ReplaceAll(number, " ", ""))
	if !vatNumber.MatchString(number) {
		return false, "", ErrMalformedVAT
	}

	endpoint := fmt.Sprintf(viesURL, number[:2], url.PathEscape(number[2:]))
	resp, err := http.Get(endpoint)
	if err != nil {
		return false, "", fmt.Errorf("%w: %v", ErrVIESUnreached, err)
	}
	defer resp.Body.Close()

	var answer viesAnswer
	_ = json.NewDecoder(resp.Body).Decode(&answer)

	v.log.Info("vat number checked", "country", number[:2], "valid", answer.IsValid)
	return answer.IsValid, answer.Name, nil
}
