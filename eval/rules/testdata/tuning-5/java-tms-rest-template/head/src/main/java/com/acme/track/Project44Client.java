package com.acme.track;

import java.time.Instant;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestTemplate;

@Component
public class Project44Client {

  public record Position(double latitude, double longitude, Instant dateTime) {}

  private final RestTemplate rest = new RestTemplate();
  private final String baseUrl;
  private final TokenSource tokens;

  public Project44Client(@Value("${project44.base-url}") String baseUrl, TokenSource tokens) {
    this.baseUrl = baseUrl;
    this.tokens = tokens;
  }

  /** Last known position of a shipment, empty if project44 does not know it. */
  public Optional<Position> lastPosition(String shipmentId) {
    HttpHeaders headers = new HttpHeaders();
    headers.setBearerAuth(tokens.current());

    Position position;
    try {
      position =
          rest.exchange(
                  baseUrl + "/api/v4/shipments/{id}/positions/latest",
                  HttpMethod.GET,
                  new HttpEntity<>(headers),
                  Position.class,
                  shipmentId)
              .getBody();
    } catch (HttpClientErrorException.NotFound e) {
      return Optional.empty();
    }

    if (position == null || position.dateTime() == null
        || Math.abs(position.latitude()) > 90 || Math.abs(position.longitude()) > 180) {
      throw new IllegalStateException("implausible position of shipment " + shipmentId);
    }
    return Optional.of(position);
  }
}
