package com.acme.identity;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

@Configuration
class IdentityClientConfig {

    @Bean
    RestClient identityRestClient(IdentityProperties properties, PartnerTokens tokens) {
        var simple = new SimpleClientHttpRequestFactory();
        simple.setConnectTimeout(3_000);
        simple.setReadTimeout(10_000);
        return RestClient.builder()
                .baseUrl(properties.baseUrl())
                .requestFactory(simple)
                .requestInterceptor((request, body, execution) -> {
                    request.getHeaders().setBearerAuth(tokens.current());
                    return execution.execute(request, body);
                })
                .build();
    }
}
