package com.orderly.fx;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Currency;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

public final class RateProvider {

    private static final Logger log = LoggerFactory.getLogger(RateProvider.class);

    private final OkHttpClient http = new OkHttpClient();
    private final ObjectMapper mapper = new ObjectMapper();
    private final HttpUrl latest;

    public RateProvider(String baseUrl) {
        this.latest = HttpUrl.get(baseUrl).newBuilder().addPathSegment("latest").build();
    }

    public BigDecimal rate(Currency from, Currency to) throws IOException {
        HttpUrl url = latest.newBuilder()
                .addQueryParameter("base", from.getCurrencyCode())
                .addQueryParameter("symbols", to.getCurrencyCode())
                .build();
        try (Response response = http.newCall(new Request.Builder().url(url).build()).execute()) {
            if (!response.isSuccessful()) {
                throw new IOException("rate service answered " + response.code());
            }
            JsonNode rate = mapper.readTree(response.body().string()).path("rates").path(to.getCurrencyCode());
            if (!rate.isNumber() || rate.decimalValue().signum() <= 0) {
                throw new IOException("no rate " + from + "/" + to);
            }
            log.debug("rate {}/{} = {}", from, to, rate);
            return new BigDecimal(rate.asText());
        }
    }
}
