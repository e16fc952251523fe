package io.telora.infobip;

import java.time.Clock;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Service;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.web.client.RestTemplate;

@Service
public class InfobipTokenService {

    private static final Logger log = LoggerFactory.getLogger(InfobipTokenService.class);

    private final RestTemplate rest = new RestTemplate();
    private final InfobipProperties properties;
    private final Clock clock;
    private String token;
    private Instant expires = Instant.EPOCH;

    public InfobipTokenService(InfobipProperties properties, Clock clock) {
        this.properties = properties;
        this.clock = clock;
    }

    public synchronized String token() {
        if (clock.instant().isBefore(expires.minusSeconds(60))) {
            return token;
        }
        var form = new LinkedMultiValueMap<String, String>();
        form.add("client_id", properties.clientId());
        form.add("client_secret", properties.clientSecret());
        form.add("grant_type", "client_credentials");
        HttpHeaders headers = new HttpHeaders();
        headers.setContentType(MediaType.APPLICATION_FORM_URLENCODED);
        TokenResponse response = rest.postForObject(
            properties.baseUrl() + "/auth/1/oauth2/token", new HttpEntity<>(form, headers), TokenResponse.class);
        if (response == null || response.accessToken() == null) {
            throw new IllegalStateException("infobip answered without a token");
        }
        log.info("infobip token renewed: {}", response);
        token = response.accessToken();
        expires = clock.instant().plusSeconds(response.expiresIn());
        return token;
    }

    record TokenResponse(
        @com.fasterxml.jackson.annotation.JsonProperty("access_token") String accessToken,
        @com.fasterxml.jackson.annotation.JsonProperty("expires_in") long expiresIn) {}
}
