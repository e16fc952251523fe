package com.acme.escrow;

import org.springframework.http.MediaType;
import org.springframework.retry.annotation.Backoff;
import org.springframework.retry.annotation.Retryable;
import org.springframework.stereotype.Component;
import org.springframework.web.client.HttpServerErrorException;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;

@Component
public class PayoutGateway {

  private final RestClient mangopay;

  public PayoutGateway(RestClient mangopay) {
    this.mangopay = mangopay;
  }

  @Retryable(
      retryFor = {ResourceAccessException.class, HttpServerErrorException.class},
      maxAttempts = 4,
      backoff = @Backoff(delay = 500, multiplier = 2, random = true))
  public String payOut(Payout payout) {
    PayOutAnswer answer =
        mangopay
            .post()
            .uri("/payouts/bankwire")
            .header("Idempotency-Key", payout.id().toString())
            .contentType(MediaType.APPLICATION_JSON)
            .body(PayOutRequest.of(payout))
            .retrieve()
            .body(PayOutAnswer.class);

    if (answer == null || answer.id() == null) {
      throw new IllegalStateException("no payout id for " + payout.id());
    }
    return answer.id();
  }

  record PayOutAnswer(String id, String status) {}
}
