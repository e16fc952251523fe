package com.acme.track;

import io.github.resilience4j.circuitbreaker.annotation.CircuitBreaker;
import io.github.resilience4j.retry.annotation.Retry;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClient;

@Component
public class EtaClient {

  record EtaAnswer(String shipmentId, Instant estimatedArrival, Integer confidence) {}

  private final RestClient rest;
  private final TokenSource tokens;

  public EtaClient(RestClient.Builder builder, Project44Properties properties, TokenSource tokens) {
    this.rest = builder.baseUrl(properties.baseUrl()).build();
    this.tokens = tokens;
  }

  @Retry(name = "project44")
  @CircuitBreaker(name = "project44")
  public Optional<Instant> estimatedArrival(String shipmentId) {
    EtaAnswer answer;
    try {
      answer =
          rest.get()
              .uri("/api/v4/shipments/{id}/eta", shipmentId)
              .headers(h -> h.setBearerAuth(tokens.current()))
              .retrieve()
              .body(EtaAnswer.class);
    } catch (HttpClientErrorException.NotFound e) {
      return Optional.empty();
    }
    if (answer == null || !shipmentId.equals(answer.shipmentId())) {
      throw new IllegalStateException("eta answer does not belong to shipment " + shipmentId);
    }
    return Optional.ofNullable(answer.estimatedArrival());
  }
}
