package auth

import (
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/golang-jwt/jwt/v5"
)

type CallbackClaims struct {
	jwt.RegisteredClaims
	StoreID string `json:"store_id"`
}

type CallbackAuth struct {
	parser *jwt.Parser
	keys   map[string][]byte
}

func NewCallbackAuth(keys map[string][]byte) *CallbackAuth {
	return &CallbackAuth{
		keys: keys,
		parser: jwt.NewParser(
			jwt.WithValidMethods([]string{jwt.SigningMethodHS256.Alg()}),
			jwt.WithIssuer("delivery-hub"),
			jwt.WithAudience("pos-bridge"),
			jwt.WithExpirationRequired(),
			jwt.WithLeeway(15*time.Second),
		),
	}
}

func (a *CallbackAuth) Handler() gin.HandlerFunc {
	return func(c *gin.Context) {
		raw, ok := strings.CutPrefix(c.GetHeader("Authorization"), "Bearer ")
		if !ok {
			c.AbortWithStatus(http.StatusUnauthorized)
			return
		}
		var claims CallbackClaims
		_, err := a.parser.ParseWithClaims(raw, &claims, func(t *jwt.Token) (any, error) {
			kid, _ := t.Header["kid"].(string)
			key, found := a.keys[kid]
			if !found {
				return nil, errors.New("unknown key")
			}
			return key, nil
		})
		if err != nil || claims.StoreID == "" {
			c.AbortWithStatus(http.StatusUnauthorized)
			return
		}
		c.Set("store_id", claims.StoreID)
		c.Next()
	}
}
