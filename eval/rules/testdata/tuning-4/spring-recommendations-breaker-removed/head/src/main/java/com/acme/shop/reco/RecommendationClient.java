package com.acme.shop.reco;

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

    public List<Recommendation> forProduct(String sku, String customerSegment) {
        List<Recommendation> result = rest.get()
                .uri(uri -> uri.path("/similar/{sku}").queryParam("segment", customerSegment).build(sku))
                .retrieve()
                .body(LIST);
        log.debug("{} recommendations for {}", result == null ? 0 : result.size(), sku);
        return result == null ? List.of() : result;
    }
}
