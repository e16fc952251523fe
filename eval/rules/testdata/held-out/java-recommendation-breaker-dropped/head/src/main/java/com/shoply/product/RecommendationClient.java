package com.shoply.product;

import java.time.Duration;
import java.util.List;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;

/** "Others also bought": an optional block of the product page. */
@Component
public class RecommendationClient {

    private static final ParameterizedTypeReference<List<Recommendation>> LIST = new ParameterizedTypeReference<>() {};

    private final WebClient recommendations;

    public RecommendationClient(WebClient recommendationsWebClient) {
        this.recommendations = recommendationsWebClient;
    }

    public List<Recommendation> forProduct(String productId) {
        return recommendations.get()
                .uri("/v2/products/{id}/related?limit=8", productId)
                .retrieve()
                .bodyToMono(LIST)
                .block(Duration.ofSeconds(2));
    }


    public record Recommendation(String productId, String title, String imageUrl) {}
}
