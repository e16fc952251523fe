package com.acme.sign;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Service;
import org.springframework.web.client.HttpStatusCodeException;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestTemplate;

import java.util.List;
import java.util.UUID;

@Service
public class EnvelopeGateway {

    private static final Logger log = LoggerFactory.getLogger(EnvelopeGateway.class);
    private static final String PATH = "/restapi/v2.1/accounts/{account}/envelopes/{envelope}";

    private final RestTemplate restTemplate = new RestTemplate();
    private final SignProperties properties;
    private final AccessTokens tokens;

    public EnvelopeGateway(SignProperties properties, AccessTokens tokens) {
        this.properties = properties;
        this.tokens = tokens;
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Envelope(String envelopeId, String status, String completedDateTime) {
    }

    public Envelope envelope(UUID id) {
        var headers = new HttpHeaders();
        headers.setBearerAuth(tokens.current());
        headers.setAccept(List.of(MediaType.APPLICATION_JSON));

        try {
            var response = restTemplate.exchange(properties.baseUri() + PATH, HttpMethod.GET,
                    new HttpEntity<>(headers), Envelope.class, properties.accountId(), id);
            var envelope = response.getBody();
            if (envelope == null || envelope.status() == null) {
                throw new SignUnavailableException("docusign sent an empty envelope");
            }
            return envelope;
        } catch (HttpStatusCodeException e) {
            log.warn("docusign answered {} for envelope {}", e.getStatusCode().value(), id);
            throw new SignUnavailableException("docusign answered " + e.getStatusCode().value());
        } catch (ResourceAccessException e) {
            throw new SignUnavailableException("docusign cannot be reached", e);
        }
    }
}
