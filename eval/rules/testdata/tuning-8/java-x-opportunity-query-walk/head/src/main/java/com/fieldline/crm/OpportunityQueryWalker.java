package com.fieldline.crm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;

public class OpportunityQueryWalker {

    private static final String QUERY = "SELECT Id, Name, Amount, CurrencyIsoCode, StageName FROM Opportunity";

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final ObjectMapper mapper;
    private final SalesforceSession session;

    public OpportunityQueryWalker(ObjectMapper mapper, SalesforceSession session) {
        this.mapper = mapper;
        this.session = session;
    }

    public void forEach(Consumer<JsonNode> sink) throws IOException, InterruptedException {
        String path = "/services/data/v60.0/query?q=" + URLEncoder.encode(QUERY, StandardCharsets.UTF_8);
        while (path != null) {
            JsonNode page = load(path);
            page.withArray("records").forEach(sink);
            path = page.path("done").asBoolean(true) ? null : page.path("nextRecordsUrl").asText(null);
        }
    }

    private JsonNode load(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(session.instanceUrl() + path))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + session.accessToken())
                .header("Accept", "application/json")
                .build();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException("query failed with HTTP " + response.statusCode());
        }
        return mapper.readTree(response.body());
    }
}
