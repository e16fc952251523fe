package com.acme.lending.credit;

import com.acme.lending.config.BureauProperties;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.client.RestTemplateBuilder;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.client.HttpStatusCodeException;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestTemplate;

@Component
public class CreditBureauClient {

    private static final Logger log = LoggerFactory.getLogger(CreditBureauClient.class);

    private final RestTemplate rest;
    private final BureauProperties properties;

    public CreditBureauClient(RestTemplateBuilder builder, BureauProperties properties) {
        this.rest = builder.rootUri(properties.baseUrl()).build();
        this.properties = properties;
    }

    public CreditReport fetchReport(Applicant applicant) {
        String requestId = UUID.randomUUID().toString();
        HttpHeaders headers = new HttpHeaders();
        headers.setContentType(MediaType.APPLICATION_JSON);
        headers.setBearerAuth(properties.token());
        headers.set("X-Request-Id", requestId);

        try {
            ResponseEntity<CreditReport> response = rest.exchange(
                    "/reports",
                    HttpMethod.POST,
                    new HttpEntity<>(ReportRequest.of(applicant), headers),
                    CreditReport.class);
            CreditReport report = response.getBody();
            if (report == null || report.score() == null) {
                throw new CreditBureauException("bureau sent no score for request " + requestId);
            }
            return report;
        } catch (HttpStatusCodeException e) {
            log.error("credit bureau answered {} for request {}", e.getStatusCode().value(), requestId);
            throw new CreditBureauException("bureau answered " + e.getStatusCode().value(), e);
        } catch (ResourceAccessException e) {
            throw new CreditBureauException("bureau not reachable, request " + requestId, e);
        }
    }
}
