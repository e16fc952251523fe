package com.acme.loans.bureau;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.web.client.RestTemplate;
import org.springframework.web.util.DefaultUriBuilderFactory;

@Configuration
class BureauConfiguration {

    @Bean
    RestTemplate bureauRestTemplate(
            @Value("${bureau.base-url}") String baseUrl,
            @Value("${bureau.api-key}") String apiKey) {
        RestTemplate template = new RestTemplate(new SimpleClientHttpRequestFactory());
        template.setUriTemplateHandler(new DefaultUriBuilderFactory(baseUrl));
        template.getInterceptors().add((request, body, execution) -> {
            request.getHeaders().set("X-Api-Key", apiKey);
            return execution.execute(request, body);
        });
        return template;
    }
}
