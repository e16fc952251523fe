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

  public Wallet wallet(String id) {
    return mangopay.get().uri("/wallets/{id}", id).retrieve().body(Wallet.class);
  }
}
