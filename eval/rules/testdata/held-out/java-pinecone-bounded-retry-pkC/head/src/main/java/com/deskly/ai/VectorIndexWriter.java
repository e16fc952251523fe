package com.deskly.ai;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;

public class VectorIndexWriter {

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(3)).build();
    private final Retry retry = Retry.of("pinecone-upsert", RetryConfig.<HttpResponse<Void>>custom()
        .maxAttempts(4)
        .intervalFunction(IntervalFunction.ofExponentialRandomBackoff(Duration.ofMillis(400), 2.0, 0.5))
        .retryOnResult(response -> response.statusCode() == 429 || response.statusCode() >= 500)
        .retryExceptions(IOException.class)
        .build());
    private final ObjectMapper mapper;
    private final URI host;
    private final String apiKey;

    public VectorIndexWriter(ObjectMapper mapper, URI host, String apiKey) {
        this.mapper = mapper;
        this.host = host;
        this.apiKey = apiKey;
    }

    public void upsert(String namespace, List<ArticleVector> vectors) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(host.resolve("/vectors/upsert"))
            .timeout(Duration.ofSeconds(15))
            .header("Api-Key", apiKey)
            .header("X-Pinecone-API-Version", "2025-04")
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(
                mapper.writeValueAsBytes(Map.of("namespace", namespace, "vectors", vectors))))
            .build();
        HttpResponse<Void> response =
            retry.executeCallable(() -> http.send(request, HttpResponse.BodyHandlers.discarding()));
        if (response.statusCode() != 200) {
            throw new IndexWriteException("pinecone answered " + response.statusCode());
        }
    }
}
