package com.acme.escrow;

import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

@Component
public class TransferGateway {

  private final RestClient mangopay;

  public TransferGateway(RestClient mangopay) {
    this.mangopay = mangopay;
  }

  public String transfer(Transfer transfer) {
    TransferAnswer answer =
        mangopay
            .post()
            .uri("/transfers")
            .attribute(IdempotencyInterceptor.KEY, "transfer-" + transfer.id())
            .contentType(MediaType.APPLICATION_JSON)
            .body(TransferRequest.of(transfer))
            .retrieve()
            .body(TransferAnswer.class);

    if (answer == null || answer.id() == null || !"SUCCEEDED".equals(answer.status())) {
      throw new TransferRefused(transfer.id(), answer == null ? null : answer.resultCode());
    }
    return answer.id();
  }

  record TransferAnswer(String id, String status, String resultCode) {}
}
