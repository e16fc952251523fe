package tv.kanal.vimeo;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** Reads video metadata. OkHttp's own limits (10 s each) are fine here. */
public final class VimeoClient {

    private static final HttpUrl BASE = HttpUrl.get("https://api.vimeo.com/");
    private static final String ACCEPT = "application/vnd.vimeo.*+json;version=3.4";

    private final OkHttpClient http = new OkHttpClient();
    private final ObjectMapper mapper;
    private final String token;

    public VimeoClient(ObjectMapper mapper, String token) {
        this.mapper = mapper;
        this.token = token;
    }

    public Optional<VimeoVideo> video(long id) throws IOException {
        Request request = new Request.Builder()
                .url(BASE.newBuilder()
                        .addPathSegment("videos")
                        .addPathSegment(Long.toString(id))
                        .addQueryParameter("fields", "name,duration,status,link")
                        .build())
                .header("Authorization", "Bearer " + token)
                .header("Accept", ACCEPT)
                .build();

        try (Response response = http.newCall(request).execute()) {
            if (response.code() == 404) {
                return Optional.empty();
            }
            if (!response.isSuccessful() || response.body() == null) {
                throw new IOException("vimeo video " + id + ": status " + response.code());
            }
            return Optional.of(mapper.readValue(response.body().byteStream(), VimeoVideo.class));
        }
    }
}
