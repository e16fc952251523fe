package com.acme.shop.reco;

import io.github.resilience4j.circuitbreaker.annotation.CircuitBreaker;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

@Component
public class RecommendationClient {

    private static final Logger log = LoggerFactory.getLogger(RecommendationClient.class);
    private static final ParameterizedTypeReference<List<Recommendation>> LIST = new ParameterizedTypeReference<>() {};

    private final RestClient rest;

    public RecommendationClient(RestClient recommendationRestClient) {
        this.rest = recommendationRestClient;
    }

    @CircuitBreaker(name = "recommendations", fallbackMethod = "bestsellers")
    public List<Recommendation> forProduct(String sku) {
        List<Recommendation> result = rest.get().uri("/similar/{sku}", sku).retrieve().body(LIST);
        return result == null ? List.of() : result;
    }

    @SuppressWarnings("unused")
    private List<Recommendation> bestsellers(String sku, Throwable cause) {
        log.warn("no recommendations for {}: {}", sku, cause.toString());
        return Bestsellers.current();
    }
}
