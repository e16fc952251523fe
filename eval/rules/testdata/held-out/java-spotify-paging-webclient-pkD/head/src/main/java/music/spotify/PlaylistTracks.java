package music.spotify;

import io.netty.channel.ChannelOption;
import java.time.Duration;
import org.springframework.http.HttpStatus;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientResponseException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.util.retry.Retry;

public class PlaylistTracks {

    private static final int LIMIT = 100;
    private static final long MAX_WAIT_SECONDS = 60;

    private final WebClient web;

    public PlaylistTracks(WebClient.Builder builder) {
        HttpClient netty = HttpClient.create()
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 3_000)
                .responseTimeout(Duration.ofSeconds(10));
        this.web = builder.baseUrl("https://api.spotify.com/v1")
                .clientConnector(new ReactorClientHttpConnector(netty))
                .build();
    }

    public Flux<PlaylistItem> all(String playlistId, String accessToken) {
        return page(playlistId, accessToken, 0)
                .expand(page -> page.next() == null
                        ? Mono.empty()
                        : page(playlistId, accessToken, page.offset() + LIMIT))
                .flatMapIterable(PlaylistPage::items);
    }

    private Mono<PlaylistPage> page(String playlistId, String accessToken, int offset) {
        return web.get()
                .uri("/playlists/{id}/tracks?limit={limit}&offset={offset}", playlistId, LIMIT, offset)
                .headers(h -> h.setBearerAuth(accessToken))
                .retrieve()
                .bodyToMono(PlaylistPage.class)
                .retryWhen(Retry.from(signals -> signals.concatMap(s -> {
                    if (s.totalRetries() >= 3 || !(s.failure() instanceof WebClientResponseException e)
                            || e.getStatusCode() != HttpStatus.TOO_MANY_REQUESTS) {
                        return Mono.error(s.failure());
                    }
                    return Mono.delay(Duration.ofSeconds(retryAfter(e)));
                })));
    }

    private static long retryAfter(WebClientResponseException e) {
        String value = e.getHeaders().getFirst("Retry-After");
        return value != null && value.matches("\\d{1,4}") ? Math.min(Long.parseLong(value), MAX_WAIT_SECONDS) : 5;
    }
}
