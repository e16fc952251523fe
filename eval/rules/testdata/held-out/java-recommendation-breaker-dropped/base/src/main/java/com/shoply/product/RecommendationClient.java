package com.shoply.product;

import io.github.resilience4j.circuitbreaker.annotation.CircuitBreaker;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;

/** "Others also bought": an optional block of the product page. */
@Component
public class RecommendationClient {

    private static final Logger log = LoggerFactory.getLogger(RecommendationClient.class);
    private static final ParameterizedTypeReference<List<Recommendation>> LIST = new ParameterizedTypeReference<>() {};

    private final WebClient recommendations;

    public RecommendationClient(WebClient recommendationsWebClient) {
        this.recommendations = recommendationsWebClient;
    }

    @CircuitBreaker(name = "recommendations", fallbackMethod = "none")
    public List<Recommendation> forProduct(String productId) {
        return recommendations.get()
                .uri("/v2/products/{id}/related?limit=8", productId)
                .retrieve()
                .bodyToMono(LIST)
                .block(Duration.ofMillis(800));
    }

    private List<Recommendation> none(String productId, Throwable cause) {
        log.warn("no recommendations for {}: {}", productId, cause.toString());
        return List.of();
    }

    public record Recommendation(String productId, String title, String imageUrl) {}
}
