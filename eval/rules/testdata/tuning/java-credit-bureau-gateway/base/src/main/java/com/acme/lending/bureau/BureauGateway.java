package com.acme.lending.bureau;

import com.acme.lending.config.BureauProperties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.client.RestTemplateBuilder;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.client.HttpStatusCodeException;
import org.springframework.web.client.RestTemplate;
import org.springframework.web.util.UriComponentsBuilder;

import java.time.Duration;
import java.util.List;

@Component
public class BureauGateway {

    private static final Logger log = LoggerFactory.getLogger(BureauGateway.class);

    private final RestTemplate rest;
    private final BureauProperties properties;

    public BureauGateway(RestTemplateBuilder builder, BureauProperties properties) {
        this.rest = builder
                .setConnectTimeout(Duration.ofSeconds(2))
                .setReadTimeout(Duration.ofSeconds(8))
                .build();
        this.properties = properties;
    }

    public BureauReport report(String applicantReference) {
        HttpHeaders headers = new HttpHeaders();
        headers.setBearerAuth(properties.token());
        headers.setAccept(List.of(MediaType.APPLICATION_JSON));

        var uri = UriComponentsBuilder.fromUriString(properties.baseUrl())
                .pathSegment("v3", "reports", applicantReference)
                .build()
                .toUri();
        try {
            var response = rest.exchange(uri, HttpMethod.GET, new HttpEntity<>(headers), BureauReport.class);
            if (response.getBody() == null) {
                throw new BureauException("empty report");
            }
            return response.getBody();
        } catch (HttpStatusCodeException e) {
            log.warn("bureau answered {} for application {}", e.getStatusCode(), applicantReference);
            throw new BureauException("bureau answered " + e.getStatusCode(), e);
        }
    }
}
