package io.telora.mms;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Set;
import okhttp3.Credentials;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

public class MediaFetcher {

    private static final Set<String> HOSTS = Set.of("messaging.bandwidth.com");

    private final OkHttpClient http;
    private final BandwidthAccount account;
    private final MediaStore store;

    public MediaFetcher(OkHttpClient http, BandwidthAccount account, MediaStore store) {
        this.http = http;
        this.account = account;
        this.store = store;
    }

    public String fetch(String messageId, URI media) throws IOException {
        if (!"https".equals(media.getScheme()) || !HOSTS.contains(media.getHost())) {
            throw new MediaRejected("unexpected media host " + media.getHost());
        }
        Request request = new Request.Builder()
            .url(media.toString())
            .header("Authorization", Credentials.basic(account.apiUser(), account.apiPassword()))
            .build();
        try (Response response = http.newCall(request).execute()) {
            if (!response.isSuccessful()) {
                throw new IOException("media of " + messageId + " answered " + response.code());
            }
            try (InputStream in = response.body().byteStream()) {
                byte[] picture = in.readAllBytes();
                return store.put(messageId, response.header("Content-Type"), picture);
            }
        }
    }
}
