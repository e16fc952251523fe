package com.acme.risk.screening;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatusCode;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

@Component
public class ScreeningClient {

    private static final Logger log = LoggerFactory.getLogger(ScreeningClient.class);

    private final RestClient rest;

    public ScreeningClient(RestClient screeningRestClient) {
        this.rest = screeningRestClient;
    }

    public ScreeningResult screen(Subject subject) {
        ScreeningResult result = rest.post()
                .uri("/v2/screenings/search")
                .body(subject)
                .retrieve()
                .onStatus(HttpStatusCode::isError, (request, response) -> {
                    log.warn("screening answered {}", response.getStatusCode());
                    throw new ScreeningUnavailable("screening answered " + response.getStatusCode());
                })
                .body(ScreeningResult.class);
        if (result == null || result.matches() == null) {
            throw new ScreeningUnavailable("screening answer incomplete");
        }
        return result;
    }
}
