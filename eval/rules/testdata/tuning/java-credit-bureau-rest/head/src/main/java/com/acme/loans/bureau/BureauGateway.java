package com.acme.loans.bureau;

import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestTemplate;

@Component
public class BureauGateway {

    private final RestTemplate bureauRestTemplate;

    BureauGateway(RestTemplate bureauRestTemplate) {
        this.bureauRestTemplate = bureauRestTemplate;
    }

    /** Current score of an applicant; empty when the bureau has no file. */
    public Optional<Score> scoreFor(String applicantId) {
        try {
            return Optional.ofNullable(
                    bureauRestTemplate.getForObject("/v1/scores/{id}", Score.class, applicantId));
        } catch (HttpClientErrorException.NotFound e) {
            return Optional.empty();
        } catch (RestClientException e) {
            throw new BureauUnavailableException("score lookup failed", e);
        }
    }

    public record Score(String model, int value) {}
}
