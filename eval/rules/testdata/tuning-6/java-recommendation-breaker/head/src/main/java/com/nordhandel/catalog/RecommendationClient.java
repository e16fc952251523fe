package com.nordhandel.catalog;

import io.github.resilience4j.retry.annotation.Retry;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.stereotype.Service;
import org.springframework.web.client.RestClient;

/** Recommendations are optional; the product page is rendered without them. Retry: three attempts. */
@Service
public class RecommendationClient {

    private static final Logger log = LoggerFactory.getLogger(RecommendationClient.class);
    private static final ParameterizedTypeReference<List<Recommendation>> LIST = new ParameterizedTypeReference<>() {};

    private final RestClient rest;

    public RecommendationClient(RecommendationProperties properties) {
        var factory = new JdkClientHttpRequestFactory();
        factory.setReadTimeout(Duration.ofSeconds(2));
        this.rest = RestClient.builder()
                .baseUrl(properties.baseUrl())
                .requestFactory(factory)
                .defaultHeader("X-Api-Key", properties.apiKey())
                .build();
    }

    @Retry(name = "recommendations")
    public List<Recommendation> forProduct(String sku, int limit) {
        List<Recommendation> found = rest.get()
                .uri("/products/{sku}/similar?limit={limit}", sku, limit)
                .retrieve()
                .body(LIST);
        log.debug("{} recommendations for {}", found == null ? 0 : found.size(), sku);
        return found == null ? List.of() : found;
    }
}
