package com.lumen.tax;

import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

@Component
public class TaxClient {

    private final RestClient http;
    private final TaxEstimator estimator;

    // taxRestClient: 1s connect, 3s read timeout
    public TaxClient(RestClient taxRestClient, TaxEstimator estimator) {
        this.http = taxRestClient;
        this.estimator = estimator;
    }

    public TaxQuote quote(TaxRequest request) {
        try {
            TaxQuote quote = http.post()
                    .uri("/api/v2/transactions/quote")
                    .body(request)
                    .retrieve()
                    .body(TaxQuote.class);
            return quote == null ? estimate(request) : quote;
        } catch (RestClientException e) {
            return estimate(request);
        }
    }

    private TaxQuote estimate(TaxRequest request) {
        return estimator.estimate(request);
    }
}
