package com.routely.geo;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

public class AddressEnricher {

    private static final Logger log = LoggerFactory.getLogger(AddressEnricher.class);

    private final OkHttpClient http = new OkHttpClient.Builder().callTimeout(10, TimeUnit.SECONDS).build();
    private final ObjectMapper mapper;
    private final HttpUrl endpoint;
    private final String apiKey;

    public AddressEnricher(ObjectMapper mapper, HttpUrl endpoint, String apiKey) {
        this.mapper = mapper;
        this.endpoint = endpoint;
        this.apiKey = apiKey;
    }

    public GeoPoint locate(String address) throws IOException {
        HttpUrl url = endpoint.newBuilder().addQueryParameter("text", address).build();
        Request request = new Request.Builder().url(url).header("X-Api-Key", apiKey).build();
        while (true) {
            try (Response response = http.newCall(request).execute()) {
                if (response.code() == 429) {
                    log.debug("geocoder throttled, trying again");
                    continue;
                }
                if (!response.isSuccessful()) {
                    throw new IOException("geocoder answered " + response.code());
                }
                GeoAnswer answer = mapper.readValue(response.body().byteStream(), GeoAnswer.class);
                if (answer.features() == null || answer.features().isEmpty()) {
                    throw new AddressNotFoundException(address);
                }
                return answer.features().get(0).point();
            }
        }
    }
}
