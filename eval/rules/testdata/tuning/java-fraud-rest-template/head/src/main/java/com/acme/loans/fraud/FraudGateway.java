package com.acme.loans.fraud;

import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestTemplate;

@Component
public class FraudGateway {

    private final RestTemplate fraudRestTemplate;

    FraudGateway(RestTemplate fraudRestTemplate) {
        this.fraudRestTemplate = fraudRestTemplate;
    }

    /** Loads the verdict for an application; failures send it to manual review. */
    public Verdict verdict(String applicationId) {
        try {
            Verdict verdict = fraudRestTemplate.getForObject("/v2/applications/{id}/verdict", Verdict.class, applicationId);
            if (verdict == null || verdict.decision() == null) {
                throw new FraudUnavailableException("empty verdict", null);
            }
            return verdict;
        } catch (RestClientException e) {
            throw new FraudUnavailableException("verdict lookup failed", e);
        }
    }

    public record Verdict(Decision decision, int score) {}

    public enum Decision { ACCEPT, REVIEW, DECLINE }
}
