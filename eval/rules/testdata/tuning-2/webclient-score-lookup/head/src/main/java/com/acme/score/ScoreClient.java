package com.acme.score;

import io.netty.channel.ChannelOption;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientRequestException;
import org.springframework.web.reactive.function.client.WebClientResponseException;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.util.retry.Retry;

import java.time.Duration;
import java.util.Set;
import java.util.UUID;

public class ScoreClient {

    private static final Set<Integer> TRANSIENT = Set.of(429, 502, 503, 504);

    private final WebClient http;

    public ScoreClient(ScoreProperties properties) {
        var netty = HttpClient.create()
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 2_000)
                .responseTimeout(Duration.ofSeconds(5));
        this.http = WebClient.builder()
                .baseUrl(properties.baseUrl())
                .defaultHeaders(h -> h.setBearerAuth(properties.token()))
                .codecs(c -> c.defaultCodecs().maxInMemorySize(256 * 1024))
                .clientConnector(new ReactorClientHttpConnector(netty))
                .build();
    }

    public record Score(UUID customer, int value) {
    }

    public Mono<Score> score(UUID customer) {
        return http.get()
                .uri("/v2/scores/{customer}", customer)
                .retrieve()
                .onStatus(HttpStatusCode::isError, r -> r.createException().flatMap(Mono::error))
                .bodyToMono(Score.class)
                .switchIfEmpty(Mono.error(() -> new IllegalStateException("score answer is empty")))
                .retryWhen(Retry.backoff(3, Duration.ofMillis(300))
                        .maxBackoff(Duration.ofSeconds(4))
                        .jitter(0.5)
                        .filter(ScoreClient::isTransient)
                        .onRetryExhaustedThrow((spec, signal) -> signal.failure()))
                .timeout(Duration.ofSeconds(30));
    }

    private static boolean isTransient(Throwable error) {
        if (error instanceof WebClientResponseException e) {
            return TRANSIENT.contains(e.getStatusCode().value());
        }
        return error instanceof WebClientRequestException;
    }
}
