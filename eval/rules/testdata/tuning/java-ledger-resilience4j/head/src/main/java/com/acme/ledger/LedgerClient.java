package com.acme.ledger;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.decorators.Decorators;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

public class LedgerClient {

    private static final RetryConfig RETRY = RetryConfig.custom()
            .maxAttempts(4)
            .intervalFunction(IntervalFunction.ofExponentialRandomBackoff(Duration.ofMillis(300), 2.0, 0.5))
            .retryExceptions(IOException.class, LedgerBusyException.class)
            .build();

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final Retry retry = Retry.of("ledger", RETRY);
    private final CircuitBreaker breaker = CircuitBreaker.ofDefaults("ledger");
    private final URI base;
    private final String token;

    public LedgerClient(URI base, String token) {
        this.base = base;
        this.token = token;
    }

    /** Stores an entry under its own id. */
    public void put(LedgerEntry entry) throws Exception {
        Decorators.ofCallable(() -> send(entry))
                .withCircuitBreaker(breaker)
                .withRetry(retry)
                .call();
    }

    private Void send(LedgerEntry entry) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(base.resolve("/entries/" + entry.id()))
                .timeout(Duration.ofSeconds(8))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(entry.toJson()))
                .build();
        int status = http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        if (status == 503) {
            throw new LedgerBusyException(entry.id());
        }
        if (status / 100 != 2) {
            throw new LedgerRejectedException(entry.id(), status);
        }
        return null;
    }
}
