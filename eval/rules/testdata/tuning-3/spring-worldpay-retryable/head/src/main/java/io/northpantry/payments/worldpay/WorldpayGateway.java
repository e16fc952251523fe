package io.northpantry.payments.worldpay;

import io.northpantry.payments.AuthorisationResult;
import io.northpantry.payments.PaymentOrder;
import io.northpantry.payments.PaymentRefusedException;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.retry.annotation.Backoff;
import org.springframework.retry.annotation.Retryable;
import org.springframework.stereotype.Service;
import org.springframework.web.client.RestClient;

@Service
public class WorldpayGateway {

    private static final Logger log = LoggerFactory.getLogger(WorldpayGateway.class);

    private final RestClient client;
    private final WorldpayProperties properties;

    // the builder bean carries connect and read timeouts
    public WorldpayGateway(RestClient.Builder timedBuilder, WorldpayProperties properties) {
        this.client = timedBuilder
                .baseUrl(properties.baseUrl())
                .defaultHeaders(h -> h.setBasicAuth(properties.username(), properties.password()))
                .build();
        this.properties = properties;
    }

    @Retryable(maxAttempts = 4, backoff = @Backoff(delay = 1000))
    public AuthorisationResult authorise(PaymentOrder order) {
        var request = new AuthorisationRequest(
                UUID.randomUUID().toString(),
                properties.entity(),
                order.tokenHref(),
                order.amountMinor(),
                order.currency());

        var response = client.post()
                .uri("/payments/authorizations")
                .contentType(MediaType.parseMediaType("application/vnd.worldpay.payments-v7+json"))
                .body(request)
                .retrieve()
                .body(AuthorisationResponse.class);

        log.info("worldpay outcome {} for order {}", response.outcome(), order.number());
        if (!"authorized".equals(response.outcome())) {
            throw new PaymentRefusedException(order.number(), response.outcome());
        }
        return new AuthorisationResult(response.settleHref(), response.cancelHref());
    }
}
