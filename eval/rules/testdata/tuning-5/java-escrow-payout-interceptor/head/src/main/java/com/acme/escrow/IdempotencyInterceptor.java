package com.acme.escrow;

import java.io.IOException;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.stereotype.Component;

/** Installed on the mangopay client next to its timeouts. */
@Component
class IdempotencyInterceptor implements ClientHttpRequestInterceptor {

  static final String KEY = IdempotencyInterceptor.class.getName() + ".key";

  @Override
  public ClientHttpResponse intercept(HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
      throws IOException {
    if (HttpMethod.POST.equals(request.getMethod())) {
      Object key = request.getAttributes().get(KEY);
      if (key == null) {
        throw new IllegalStateException("POST without idempotency key: " + request.getURI().getPath());
      }
      request.getHeaders().set("Idempotency-Key", key.toString());
    }
    return execution.execute(request, body);
  }
}
