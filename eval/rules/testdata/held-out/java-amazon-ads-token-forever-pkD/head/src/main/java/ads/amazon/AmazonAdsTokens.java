package ads.amazon;

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
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

public class AmazonAdsTokens {

    private static final URI TOKEN = URI.create("https://api.amazon.com/auth/o2/token");

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final ObjectMapper mapper = new ObjectMapper();
    private final Map<String, String> tokens = new ConcurrentHashMap<>();
    private final AmazonAdsCredentials credentials;

    public AmazonAdsTokens(AmazonAdsCredentials credentials) {
        this.credentials = credentials;
    }

    /** Used for every call to the API. */
    public String accessToken(String profileId, String refreshToken) {
        return tokens.computeIfAbsent(profileId, id -> request(refreshToken));
    }

    private String request(String refreshToken) {
        String form = Map.of(
                        "grant_type", "refresh_token",
                        "refresh_token", refreshToken,
                        "client_id", credentials.clientId(),
                        "client_secret", credentials.clientSecret())
                .entrySet().stream()
                .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        HttpRequest request = HttpRequest.newBuilder(TOKEN)
                .timeout(Duration.ofSeconds(10))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new AmazonAdsException("token request: status " + response.statusCode());
            }
            JsonNode body = mapper.readTree(response.body());
            return body.required("access_token").asText();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AmazonAdsException("interrupted", e);
        } catch (IOException e) {
            throw new AmazonAdsException("token request failed", e);
        }
    }
}
