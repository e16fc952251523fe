package com.acme.escrow;

import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

@Configuration
class MangopayConfiguration {

  @Bean
  RestClient mangopay(MangopayProperties p, MangopayTokens tokens) {
    var factory = new JdkClientHttpRequestFactory();
    factory.setReadTimeout(Duration.ofSeconds(15));
    return RestClient.builder()
        .baseUrl(p.baseUrl() + "/v2.01/" + p.clientId())
        .requestFactory(factory)
        .requestInterceptor(tokens.interceptor())
        .build();
  }
}
