package com.nordhandel.edi;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Loads the documents an EDI message refers to. */
@Component
public class DocumentDownload {

    private static final int MAX_BYTES = 10 * 1024 * 1024;

    private final Set<String> hosts;
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(4))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    public DocumentDownload(EdiProperties properties) {
        this.hosts = Set.copyOf(properties.documentHosts());
    }

    public byte[] load(URI uri) throws IOException, InterruptedException {
        if (!"https".equals(uri.getScheme()) || uri.getHost() == null || !hosts.contains(uri.getHost())) {
            throw new IOException("host of the document is not allowed");
        }
        HttpRequest request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(20)).GET().build();
        var response = http.send(request, BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            if (response.statusCode() != 200) {
                throw new IOException("document not loaded: status " + response.statusCode());
            }
            byte[] bytes = body.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new IOException("document is larger than " + MAX_BYTES + " bytes");
            }
            return bytes;
        }
    }
}
