package com.peoplebase.workday;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import okhttp3.FormBody;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.Buffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

public final class WorkdayTokenClient {

    private static final Logger LOG = LoggerFactory.getLogger(WorkdayTokenClient.class);

    private final OkHttpClient http = new OkHttpClient.Builder().callTimeout(Duration.ofSeconds(15)).build();
    private final WorkdaySettings settings;
    private final TokenParser parser;
    private final Clock clock;

    public WorkdayTokenClient(WorkdaySettings settings, TokenParser parser, Clock clock) {
        this.settings = settings;
        this.parser = parser;
        this.clock = clock;
    }

    public AccessToken fetch() throws IOException {
        RequestBody form = new FormBody.Builder()
                .add("grant_type", "refresh_token")
                .add("refresh_token", settings.refreshToken())
                .add("client_id", settings.clientId())
                .add("client_secret", settings.clientSecret())
                .build();
        Buffer copy = new Buffer();
        form.writeTo(copy);
        LOG.info("workday token request to {}: {}", settings.tokenUrl(), copy.readUtf8());

        Request request = new Request.Builder().url(settings.tokenUrl()).post(form).build();
        try (Response response = http.newCall(request).execute()) {
            String text = response.body().string();
            if (!response.isSuccessful()) {
                throw new IOException("workday token endpoint answered " + response.code());
            }
            LOG.info("workday token response: {}", text);
            return parser.parse(text, clock.instant());
        }
    }
}
