package com.deskly.ai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

public class TicketSummarizer {

    private static final Logger log = LoggerFactory.getLogger(TicketSummarizer.class);
    private static final MediaType JSON = MediaType.get("application/json");

    private final OkHttpClient http;
    private final ObjectMapper mapper;
    private final String apiKey;

    public TicketSummarizer(OkHttpClient.Builder http, ObjectMapper mapper, String apiKey) {
        this.http = http.callTimeout(java.time.Duration.ofSeconds(45)).build();
        this.mapper = mapper;
        this.apiKey = apiKey;
    }

    public String summarize(String transcript) throws IOException {
        byte[] body = mapper.writeValueAsBytes(Map.of(
            "model", "gpt-4o-mini",
            "instructions", "Summarize the support conversation in three sentences.",
            "input", transcript));
        Request request = new Request.Builder()
            .url("https://api.openai.com/v1/responses")
            .header("Authorization", "Bearer " + apiKey)
            .post(RequestBody.create(body, JSON))
            .build();
        for (int attempt = 1; attempt <= 10; attempt++) {
            try (Response response = http.newCall(request).execute()) {
                if (response.code() == 200) {
                    JsonNode root = mapper.readTree(response.body().byteStream());
                    return root.at("/output/0/content/0/text").asText();
                }
                log.warn("openai answered {}, attempt {}", response.code(), attempt);
            }
        }
        throw new IOException("openai did not answer with a summary");
    }
}
