package connect

import (
	"net/http"
	"os"

	"github.com/labstack/echo/v4"
	"go.uber.org/zap"
	"golang.org/x/oauth2"
)

type QuickBooks struct {
	conf   *oauth2.Config
	vault  TokenVault
	client *http.Client
	log    *zap.Logger
}

func NewQuickBooks(vault TokenVault, client *http.Client, log *zap.Logger) *QuickBooks {
	return &QuickBooks{
		conf: &oauth2.Config{
			ClientID:     os.Getenv("QBO_CLIENT_ID"),
			ClientSecret: os.Getenv("QBO_CLIENT_SECRET"),
			RedirectURL:  os.Getenv("PUBLIC_URL") + "/connect/quickbooks/callback",
			Scopes:       []string{"com.intuit.quickbooks.accounting"},
			Endpoint: oauth2.Endpoint{
				AuthURL:  "https://appcenter.intuit.com/connect/oauth2",
				TokenURL: "https://oauth.platform.intuit.com/oauth2/v1/tokens/bearer",
			},
		},
		vault:  vault,
		client: client,
		log:    log,
	}
}

func (q *QuickBooks) Start(c echo.Context) error {
	return c.Redirect(http.StatusFound, q.conf.AuthCodeURL("quickbooks", oauth2.AccessTypeOffline))
}

func (q *QuickBooks) Callback(c echo.Context) error {
	company := c.Get("company_id").(string)
	code, realm := c.QueryParam("code"), c.QueryParam("realmId")
	if code == "" || realm == "" {
		return echo.NewHTTPError(http.StatusBadRequest, "missing code or realm")
	}

	ctx := contextWithClient(c.Request().Context(), q.client)
	token, err := q.conf.Exchange(ctx, code)
	if err != nil {
		q.log.Warn("quickbooks code exchange", zap.String("company", company), zap.Error(err))
		return echo.NewHTTPError(http.StatusBadGateway, "connection failed")
	}
	if err := q.vault.Save(ctx, company, realm, token); err != nil {
		return err
	}
	return c.Redirect(http.StatusFound, "/settings/integrations?connected=quickbooks")
}
