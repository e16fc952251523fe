package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
)

type serviceRequest struct {
	IssueKey    string `json:"issueKey"`
	CreatedDate struct {
		EpochMillis int64 `json:"epochMillis"`
	} `json:"createdDate"`
}

type requestPage struct {
	Size       int              `json:"size"`
	IsLastPage bool             `json:"isLastPage"`
	Values     []serviceRequest `json:"values"`
}

type jiraSource struct {
	site, user, token string
	deskID            int
}

// all returns the requests of the desk for the monthly SLA report.
func (j *jiraSource) all() ([]serviceRequest, error) {
	const limit = 50
	var result []serviceRequest
	for page := 0; page < 10; page++ {
		p, err := j.page(page*limit, limit)
		if err != nil {
			return nil, fmt.Errorf("page %d: %w", page, err)
		}
		result = append(result, p.Values...)
	}
	return result, nil
}

func (j *jiraSource) page(start, limit int) (*requestPage, error) {
	q := url.Values{}
	q.Set("serviceDeskId", strconv.Itoa(j.deskID))
	q.Set("requestOwnership", "ALL_REQUESTS")
	q.Set("start", strconv.Itoa(start))
	q.Set("limit", strconv.Itoa(limit))
	req, err := http.NewRequest(http.MethodGet, j.site+"/rest/servicedeskapi/request?"+q.Encode(), nil)
	if err != nil {
		return nil, err
	}
	req.SetBasicAuth(j.user, j.token)
	req.Header.Set("Accept", "application/json")

	client := &http.Client{}
	resp, err := client.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("jira: status %d", resp.StatusCode)
	}
	var p requestPage
	if err := json.NewDecoder(resp.Body).Decode(&p); err != nil {
		return nil, err
	}
	return &p, nil
}
