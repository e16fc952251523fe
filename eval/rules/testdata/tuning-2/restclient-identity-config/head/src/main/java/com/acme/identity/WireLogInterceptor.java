package com.acme.identity;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.util.StreamUtils;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Makes the exchange with the identity partner visible to support. */
final class WireLogInterceptor implements ClientHttpRequestInterceptor {

    private static final Logger log = LoggerFactory.getLogger("wire.identity");

    @Override
    public ClientHttpResponse intercept(HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
            throws IOException {
        log.info("-> {} {} {} {}", request.getMethod(), request.getURI(), request.getHeaders(),
                new String(body, StandardCharsets.UTF_8));
        long start = System.nanoTime();
        ClientHttpResponse response = execution.execute(request, body);
        // the factory buffers, so the body can be read twice
        log.info("<- {} in {} ms {}", response.getStatusCode().value(), (System.nanoTime() - start) / 1_000_000,
                StreamUtils.copyToString(response.getBody(), StandardCharsets.UTF_8));
        return response;
    }
}
