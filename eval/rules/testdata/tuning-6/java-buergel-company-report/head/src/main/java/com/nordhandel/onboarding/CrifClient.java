package com.nordhandel.onboarding;

import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestTemplate;

/** Asks for the score of a company while its owner waits on the last page of the sign-up. */
@Component
public class CrifClient {

    private static final Logger log = LoggerFactory.getLogger(CrifClient.class);

    private final RestTemplate rest;
    private final String baseUrl;
    private final String token;

    public CrifClient(@Value("${crif.base-url}") String baseUrl, @Value("${crif.token}") String token) {
        this.rest = new RestTemplate();
        this.baseUrl = baseUrl;
        this.token = token;
    }

    public Optional<CompanyScore> score(String registerNumber, String court) {
        HttpHeaders headers = new HttpHeaders();
        headers.setBearerAuth(token);
        try {
            return Optional.ofNullable(
                    rest.exchange(
                                    baseUrl + "/v1/companies/{court}/{number}/score",
                                    HttpMethod.GET,
                                    new HttpEntity<>(headers),
                                    CompanyScore.class,
                                    court,
                                    registerNumber)
                            .getBody());
        } catch (HttpClientErrorException.NotFound e) {
            return Optional.empty();
        } catch (RestClientException e) {
            log.warn("score of {} {} not available: {}", court, registerNumber, e.getClass().getSimpleName());
            throw new ScoreUnavailableException(e);
        }
    }

    public record CompanyScore(int value, String riskClass) {}
}
