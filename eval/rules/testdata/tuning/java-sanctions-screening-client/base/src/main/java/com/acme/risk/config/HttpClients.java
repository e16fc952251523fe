package com.acme.risk.config;

import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.client.ClientHttpRequestFactories;
import org.springframework.boot.web.client.ClientHttpRequestFactorySettings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.client.RestClient;

@Configuration
public class HttpClients {

    @Bean
    RestClient screeningRestClient(
            RestClient.Builder builder,
            @Value("${screening.url}") String url,
            @Value("${screening.token}") String token) {
        var settings = ClientHttpRequestFactorySettings.DEFAULTS
                .withConnectTimeout(Duration.ofSeconds(2))
                .withReadTimeout(Duration.ofSeconds(7));
        return builder
                .baseUrl(url)
                .defaultHeaders(h -> h.setBearerAuth(token))
                .requestFactory(ClientHttpRequestFactories.get(settings))
                .build();
    }
}
