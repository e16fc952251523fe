package com.nordhandel.config;

import java.time.Duration;
import org.springframework.boot.web.client.RestTemplateBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.client.RestTemplate;

@Configuration
class HttpClientConfig {

    @Bean
    RestTemplate creditreformRest(RestTemplateBuilder builder, CreditreformProperties properties) {
        return builder
                .rootUri(properties.baseUrl())
                .basicAuthentication(properties.user(), properties.password())
                .setConnectTimeout(Duration.ofSeconds(2))
                .setReadTimeout(Duration.ofSeconds(8))
                .build();
    }
}
