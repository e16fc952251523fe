package com.acme.loans.fraud;

import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.client.RestTemplateBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.client.RestTemplate;

@Configuration
class FraudConfiguration {

    @Bean
    RestTemplate fraudRestTemplate(
            RestTemplateBuilder builder,
            @Value("${fraud.base-url}") String baseUrl,
            @Value("${fraud.api-key}") String apiKey) {
        return builder
                .rootUri(baseUrl)
                .defaultHeader("X-Api-Key", apiKey)
                .setConnectTimeout(Duration.ofSeconds(2))
                .setReadTimeout(Duration.ofSeconds(6))
                .build();
    }
}
