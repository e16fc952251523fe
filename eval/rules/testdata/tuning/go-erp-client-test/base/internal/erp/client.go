package erp

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
)

var ErrNotFound = errors.New("erp: not found")

type Order struct {
	ID  string      `json:"id"`
	Net json.Number `json:"net"`
}

type Client struct {
	base, user, pass string
	hc               *http.Client
}

func NewClient(base, user, pass string, hc *http.Client) *Client {
	return &Client{base: base, user: user, pass: pass, hc: hc}
}

func (c *Client) Order(ctx context.Context, id string) (Order, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, c.base+"/orders/"+url.PathEscape(id), nil)
	if err != nil {
		return Order{}, err
	}
	req.SetBasicAuth(c.user, c.pass)
	res, err := c.hc.Do(req)
	if err != nil {
		return Order{}, err
	}
	defer res.Body.Close()
	if res.StatusCode == http.StatusNotFound {
		return Order{}, ErrNotFound
	}
	if res.StatusCode != http.StatusOK {
		return Order{}, fmt.Errorf("erp: status %d", res.StatusCode)
	}
	var o Order
	dec := json.NewDecoder(io.LimitReader(res.Body, 1<<20))
	if err := dec.Decode(&o); err != nil {
		return Order{}, err
	}
	return o, nil
}
