package com.tutorpay.payouts;

import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.client.RestTemplateBuilder;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.retry.annotation.Backoff;
import org.springframework.retry.annotation.Retryable;
import org.springframework.stereotype.Component;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestTemplate;

import java.time.Duration;

@Component
public class WisePayoutClient {

    private static final Logger log = LoggerFactory.getLogger(WisePayoutClient.class);

    private final RestTemplate http;
    private final WiseProperties wise;

    public WisePayoutClient(RestTemplateBuilder builder, WiseProperties wise) {
        this.http = builder
                .rootUri(wise.baseUrl())
                .setConnectTimeout(Duration.ofSeconds(3))
                .setReadTimeout(Duration.ofSeconds(15))
                .build();
        this.wise = wise;
    }

    @Retryable(retryFor = ResourceAccessException.class, maxAttempts = 4,
            backoff = @Backoff(delay = 2000, multiplier = 2, random = true))
    public long createTransfer(Payout payout) {
        Map<String, Object> body = Map.of(
                "targetAccount", payout.recipientAccountId(),
                "quoteUuid", payout.quoteId(),
                "customerTransactionId", UUID.randomUUID().toString(),
                "details", Map.of("reference", payout.reference()));

        HttpHeaders headers = new HttpHeaders();
        headers.setBearerAuth(wise.token());

        WiseTransfer transfer = http.postForObject("/v1/transfers", new HttpEntity<>(body, headers), WiseTransfer.class);
        if (transfer == null) {
            throw new PayoutException("Wise sent no transfer for payout " + payout.id());
        }
        log.info("payout {} is transfer {}", payout.id(), transfer.id());
        return transfer.id();
    }

    record WiseTransfer(long id, String status) {}
}
