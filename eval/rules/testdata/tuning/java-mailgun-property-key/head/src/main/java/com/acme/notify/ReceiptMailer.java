package com.acme.notify;

import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.MediaType;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.stereotype.Service;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.client.RestClient;
import java.net.http.HttpClient;
import java.time.Duration;

@Service
public class ReceiptMailer {

    private static final String TEMPLATE_KEY = "receipt-v7-3f9d2c1b8a7e";

    private final RestClient client;
    private final String from;

    public ReceiptMailer(
            RestClient.Builder builder,
            @Value("${mailgun.domain}") String domain,
            @Value("${mailgun.api-key}") String apiKey,
            @Value("${mailgun.from}") String from) {
        JdkClientHttpRequestFactory factory = new JdkClientHttpRequestFactory(
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(3)).build());
        factory.setReadTimeout(Duration.ofSeconds(10));
        this.client = builder
                .requestFactory(factory)
                .baseUrl("https://api.eu.mailgun.net/v3/" + domain)
                .defaultHeaders(h -> h.setBasicAuth("api", apiKey))
                .build();
        this.from = from;
    }

    public String send(Receipt receipt) {
        MultiValueMap<String, String> form = new LinkedMultiValueMap<>();
        form.add("from", from);
        form.add("to", receipt.recipient());
        form.add("subject", "Your receipt " + receipt.number());
        form.add("template", TEMPLATE_KEY);
        form.add("h:X-Mailgun-Variables", receipt.variablesJson());

        // 4xx and 5xx raise RestClientResponseException
        Map<?, ?> answer = client.post()
                .uri("/messages")
                .contentType(MediaType.APPLICATION_FORM_URLENCODED)
                .body(form)
                .retrieve()
                .body(Map.class);
        if (answer == null || answer.get("id") == null) {
            throw new IllegalStateException("mailgun answered without an id");
        }
        return answer.get("id").toString();
    }
}
