package com.lumen.credit;

import java.time.LocalDate;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestTemplate;

@Component
public class CreditBureauClient {

    private final RestTemplate rest;
    private final String baseUrl;
    private final String apiKey;

    public CreditBureauClient(@Value("${bureau.url}") String baseUrl, @Value("${bureau.api-key}") String apiKey) {
        this.rest = new RestTemplate();
        this.baseUrl = baseUrl;
        this.apiKey = apiKey;
    }

    public CreditScore score(String nationalId, LocalDate birthDate) {
        HttpHeaders headers = new HttpHeaders();
        headers.setContentType(MediaType.APPLICATION_JSON);
        headers.setBearerAuth(apiKey);
        var entity = new HttpEntity<>(new ScoreQuery(nationalId, birthDate.toString()), headers);
        try {
            CreditScore score = rest.postForObject(baseUrl + "/v1/scores/query", entity, CreditScore.class);
            if (score == null) {
                throw new CreditBureauException("empty answer from bureau");
            }
            return score;
        } catch (HttpClientErrorException.NotFound e) {
            return CreditScore.unknown();
        }
    }

    record ScoreQuery(String nationalId, String birthDate) {
    }
}
