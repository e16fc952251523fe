package com.nordhandel.onboarding;

import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestTemplate;

@Component
public class CreditreformClient {

    private static final Logger log = LoggerFactory.getLogger(CreditreformClient.class);

    private final RestTemplate rest;

    public CreditreformClient(@Qualifier("creditreformRest") RestTemplate rest) {
        this.rest = rest;
    }

    public Optional<CompanyRecord> find(String registerNumber) {
        try {
            return Optional.ofNullable(
                    rest.getForObject("/companies/{number}", CompanyRecord.class, registerNumber));
        } catch (HttpClientErrorException.NotFound e) {
            return Optional.empty();
        } catch (RestClientException e) {
            log.warn("company {} not loaded: {}", registerNumber, e.getClass().getSimpleName());
            throw new ScoreUnavailableException(e);
        }
    }

    public record CompanyRecord(String name, String legalForm, int index) {}
}
