package io.telora.plivo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Optional;
import okhttp3.Credentials;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

public final class PlivoLookup {

    private static final HttpUrl BASE = HttpUrl.get("https://lookup.plivo.com/v1/Number");

    private final OkHttpClient http = new OkHttpClient();
    private final ObjectMapper mapper;
    private final String authorization;

    public PlivoLookup(ObjectMapper mapper, String authId, String authToken) {
        this.mapper = mapper;
        this.authorization = Credentials.basic(authId, authToken);
    }

    public Optional<Carrier> carrier(String msisdn) throws IOException {
        HttpUrl url = BASE.newBuilder().addPathSegment(msisdn).addQueryParameter("type", "carrier").build();
        Request request = new Request.Builder().url(url).header("Authorization", authorization).build();
        try (Response response = http.newCall(request).execute()) {
            if (response.code() == 404) {
                return Optional.empty();
            }
            if (!response.isSuccessful()) {
                throw new IOException("plivo lookup answered " + response.code());
            }
            JsonNode carrier = mapper.readTree(response.body().byteStream()).path("carrier");
            if (!carrier.hasNonNull("name")) {
                return Optional.empty();
            }
            return Optional.of(new Carrier(carrier.get("name").asText(), carrier.path("type").asText("unknown")));
        }
    }
}
