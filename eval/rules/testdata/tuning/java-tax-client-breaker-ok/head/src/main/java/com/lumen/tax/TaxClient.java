package com.lumen.tax;

import io.github.resilience4j.bulkhead.annotation.Bulkhead;
import io.github.resilience4j.circuitbreaker.annotation.CircuitBreaker;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

@Component
public class TaxClient {

    private static final Logger log = LoggerFactory.getLogger(TaxClient.class);

    private final RestClient http;
    private final TaxEstimator estimator;
    private final Counter estimated;

    // taxRestClient: 1s connect, 3s read timeout
    public TaxClient(RestClient taxRestClient, TaxEstimator estimator, MeterRegistry meters) {
        this.http = taxRestClient;
        this.estimator = estimator;
        this.estimated = meters.counter("tax.quote.estimated");
    }

    @Bulkhead(name = "tax", fallbackMethod = "estimate")
    @CircuitBreaker(name = "tax", fallbackMethod = "estimate")
    public TaxQuote quote(TaxRequest request) {
        TaxQuote quote = http.post()
                .uri("/api/v2/transactions/quote")
                .body(request)
                .retrieve()
                .body(TaxQuote.class);
        if (quote == null) {
            throw new IllegalStateException("empty tax quote");
        }
        return quote;
    }

    TaxQuote estimate(TaxRequest request, Throwable cause) {
        estimated.increment();
        log.warn("tax quote for order {} estimated: {}", request.orderId(), cause.toString());
        return estimator.estimate(request);
    }
}
