package com.fieldline.crm;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

@Component
public class SalesforceAccountReader {

    private static final String QUERY = "SELECT Id, Name, BillingCountryCode, OwnerId FROM Account WHERE IsDeleted = false ORDER BY Id";

    private final RestClient client;
    private final SalesforceSession session;

    public SalesforceAccountReader(RestClient.Builder builder, SalesforceSession session) {
        JdkClientHttpRequestFactory factory = new JdkClientHttpRequestFactory(
                java.net.http.HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build());
        factory.setReadTimeout(Duration.ofSeconds(60));
        this.client = builder.requestFactory(factory).baseUrl(session.instanceUrl()).build();
        this.session = session;
    }

    public List<Account> readAll() {
        JsonNode page = client.get()
                .uri("/services/data/v60.0/query?q={q}", QUERY)
                .headers(h -> h.setBearerAuth(session.accessToken()))
                .retrieve()
                .body(JsonNode.class);
        if (page == null || !page.path("records").isArray()) {
            throw new CrmProtocolException("query answer without records");
        }
        List<Account> accounts = new ArrayList<>();
        for (JsonNode row : page.get("records")) {
            accounts.add(new Account(
                    row.path("Id").asText(),
                    row.path("Name").asText(),
                    row.path("BillingCountryCode").asText(null),
                    row.path("OwnerId").asText()));
        }
        return accounts;
    }
}
