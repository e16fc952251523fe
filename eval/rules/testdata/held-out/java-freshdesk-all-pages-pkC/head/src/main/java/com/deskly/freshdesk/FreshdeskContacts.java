package com.deskly.freshdesk;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import okhttp3.Credentials;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

public class FreshdeskContacts {

    private static final TypeReference<List<FreshdeskContact>> CONTACTS = new TypeReference<>() {};
    private static final int MAX_WAITS = 5;

    private final OkHttpClient http;
    private final ObjectMapper mapper;
    private final HttpUrl base;
    private final String apiKey;

    public FreshdeskContacts(OkHttpClient http, ObjectMapper mapper, HttpUrl base, String apiKey) {
        this.http = http;
        this.mapper = mapper;
        this.base = base;
        this.apiKey = apiKey;
    }

    public void forEach(Consumer<FreshdeskContact> consumer) throws IOException, InterruptedException {
        int waits = 0;
        for (int page = 1; ; ) {
            HttpUrl url = base.newBuilder("api/v2/contacts")
                .addQueryParameter("per_page", "100")
                .addQueryParameter("page", Integer.toString(page))
                .build();
            Request request = new Request.Builder().url(url)
                .header("Authorization", Credentials.basic(apiKey, "X"))
                .build();
            try (Response response = http.newCall(request).execute()) {
                if (response.code() == 429 && waits++ < MAX_WAITS) {
                    Thread.sleep(Math.min(120, Long.parseLong(response.header("Retry-After", "30"))) * 1000);
                    continue;
                }
                if (!response.isSuccessful()) {
                    throw new IOException("freshdesk contacts, page " + page + ": " + response.code());
                }
                mapper.readValue(response.body().byteStream(), CONTACTS).forEach(consumer);
                String link = response.header("Link");
                if (link == null || !link.contains("rel=\"next\"")) {
                    return;
                }
                page++;
            }
        }
    }
}
