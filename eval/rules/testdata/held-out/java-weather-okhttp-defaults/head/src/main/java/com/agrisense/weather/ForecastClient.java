package com.agrisense.weather;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

public final class ForecastClient {

    private final OkHttpClient http = new OkHttpClient();
    private final ObjectMapper mapper;
    private final HttpUrl base;
    private final String apiKey;

    public ForecastClient(ObjectMapper mapper, HttpUrl base, String apiKey) {
        this.mapper = mapper;
        this.base = base;
        this.apiKey = Objects.requireNonNull(apiKey, "apiKey");
    }

    public List<HourlyForecast> hourly(double latitude, double longitude) throws IOException {
        HttpUrl url = base.newBuilder()
                .addPathSegments("v1/forecast/hourly")
                .addQueryParameter("lat", Double.toString(latitude))
                .addQueryParameter("lon", Double.toString(longitude))
                .build();
        Request request = new Request.Builder()
                .url(url)
                .header("X-Api-Key", apiKey)
                .header("Accept", "application/json")
                .build();

        try (Response response = http.newCall(request).execute()) {
            if (!response.isSuccessful()) {
                throw new IOException("forecast service answered " + response.code());
            }
            ForecastDocument document = mapper.readValue(response.body().byteStream(), ForecastDocument.class);
            if (document.hours() == null || document.hours().isEmpty()) {
                throw new IOException("forecast without hours");
            }
            return document.hours();
        }
    }
}
