package com.acme.ledger;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends posted ledger entries to the accounting system; entry ids make the PUT repeatable. */
public class LedgerForwarder {

    private static final Logger log = LoggerFactory.getLogger(LedgerForwarder.class);

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(3)).build();
    private static final int MAX_ATTEMPTS = 6;

    private final URI base;
    private final String token;

    public LedgerForwarder(URI base, String token) {
        this.base = base;
        this.token = token;
    }

    void forward(LedgerEntry entry) throws InterruptedException {
        for (int attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
            try {
                HttpResponse<Void> response = http.send(request(entry), HttpResponse.BodyHandlers.discarding());
                int status = response.statusCode();
                if (status / 100 == 2) {
                    return;
                }
                if (status / 100 == 4) {
                    throw new LedgerRejectedException(entry.id(), status);
                }
                log.warn("ledger entry {} answered {}", entry.id(), status);
            } catch (IOException e) {
                log.warn("ledger entry {} not delivered: {}", entry.id(), e.getMessage());
            }
            long ceiling = Math.min(20_000L, 250L << attempt);
            Thread.sleep(ThreadLocalRandom.current().nextLong(ceiling / 2, ceiling));
        }
        throw new LedgerUnavailableException(entry.id());
    }

    private HttpRequest request(LedgerEntry entry) {
        return HttpRequest.newBuilder(base.resolve("/entries/" + entry.id()))
                .timeout(Duration.ofSeconds(10))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(entry.toJson()))
                .build();
    }
}
