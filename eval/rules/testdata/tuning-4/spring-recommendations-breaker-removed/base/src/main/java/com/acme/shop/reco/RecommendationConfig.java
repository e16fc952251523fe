package com.acme.shop.reco;

import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

@Configuration
class RecommendationConfig {

    @Bean
    RestClient recommendationRestClient(@Value("${reco.url}") String url, @Value("${reco.token}") String token) {
        SimpleClientHttpRequestFactory factory = new SimpleClientHttpRequestFactory();
        factory.setConnectTimeout(Duration.ofMillis(500));
        factory.setReadTimeout(Duration.ofMillis(1500));
        return RestClient.builder()
                .baseUrl(url)
                .requestFactory(factory)
                .defaultHeader("Authorization", "Bearer " + token)
                .build();
    }
}
