package com.acme.lending.config;

import java.time.Duration;
import org.springframework.boot.web.client.RestTemplateCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.SimpleClientHttpRequestFactory;

@Configuration
class HttpClientConfig {

    /** Applied by Spring Boot to every RestTemplateBuilder. */
    @Bean
    RestTemplateCustomizer timeouts() {
        return rest -> {
            SimpleClientHttpRequestFactory factory = new SimpleClientHttpRequestFactory();
            factory.setConnectTimeout(Duration.ofSeconds(3));
            factory.setReadTimeout(Duration.ofSeconds(12));
            rest.setRequestFactory(factory);
        };
    }
}
