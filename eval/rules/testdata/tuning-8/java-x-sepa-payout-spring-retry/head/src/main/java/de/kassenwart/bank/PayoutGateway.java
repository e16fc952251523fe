package de.kassenwart.bank;

import java.time.Duration;
import java.util.Map;
import org.springframework.boot.web.client.RestTemplateBuilder;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.retry.annotation.Backoff;
import org.springframework.retry.annotation.Retryable;
import org.springframework.stereotype.Service;
import org.springframework.web.client.HttpServerErrorException;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestTemplate;

@Service
public class PayoutGateway {

    private final RestTemplate rest;
    private final BankTokens tokens;

    public PayoutGateway(RestTemplateBuilder builder, BankTokens tokens, BankProperties props) {
        this.rest = builder
                .rootUri(props.baseUrl())
                .setConnectTimeout(Duration.ofSeconds(3))
                .setReadTimeout(Duration.ofSeconds(20))
                .build();
        this.tokens = tokens;
    }

    @Retryable(
            retryFor = {ResourceAccessException.class, HttpServerErrorException.class},
            maxAttempts = 4,
            backoff = @Backoff(delay = 1000, multiplier = 2, random = true))
    public String submit(Payout payout) {
        HttpHeaders headers = new HttpHeaders();
        headers.setContentType(MediaType.APPLICATION_JSON);
        headers.setBearerAuth(tokens.current());
        Map<String, Object> body = Map.of(
                "creditorIban", payout.iban(),
                "creditorName", payout.holder(),
                "amount", Map.of("currency", "EUR", "value", payout.amount().toPlainString()),
                "purpose", payout.purpose());
        PaymentCreated created = rest.postForObject("/v2/credit-transfers", new HttpEntity<>(body, headers), PaymentCreated.class);
        if (created == null || created.paymentId() == null) {
            throw new BankProtocolException("payment without id");
        }
        return created.paymentId();
    }
}
