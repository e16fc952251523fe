package com.deskly.genesys;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Clock;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.web.client.RestTemplate;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;

public class GenesysTokens {

    private static final Logger log = LoggerFactory.getLogger(GenesysTokens.class);

    private final RestTemplate rest;
    private final GenesysSettings settings;
    private final Clock clock;
    private Token token;

    public GenesysTokens(GenesysSettings settings, Clock clock) {
        SimpleClientHttpRequestFactory requests = new SimpleClientHttpRequestFactory();
        requests.setConnectTimeout(3_000);
        requests.setReadTimeout(10_000);
        this.rest = new RestTemplate(requests);
        this.settings = settings;
        this.clock = clock;
    }

    public synchronized String accessToken() {
        if (token == null || clock.instant().isAfter(token.expires().minusSeconds(120))) {
            token = request();
            log.info("genesys token for client {} valid until {}", settings.clientName(), token.expires());
        }
        return token.value();
    }

    private Token request() {
        HttpHeaders headers = new HttpHeaders();
        headers.setBasicAuth(settings.clientId(), settings.clientSecret());
        headers.setContentType(MediaType.APPLICATION_FORM_URLENCODED);
        var form = new LinkedMultiValueMap<String, String>();
        form.add("grant_type", "client_credentials");
        Answer answer = rest.postForObject(settings.loginUrl(), new HttpEntity<>(form, headers), Answer.class);
        if (answer == null || answer.accessToken() == null) {
            throw new IllegalStateException("genesys login without a token");
        }
        return new Token(answer.accessToken(), clock.instant().plusSeconds(answer.expiresIn()));
    }

    private record Token(String value, Instant expires) {}

    private record Answer(@JsonProperty("access_token") String accessToken, @JsonProperty("expires_in") long expiresIn) {}
}
