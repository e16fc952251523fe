package com.realtor.listings;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.boot.web.client.RestTemplateBuilder;
import org.springframework.retry.support.RetryTemplate;
import org.springframework.stereotype.Component;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.HttpServerErrorException;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestTemplate;

@Component
public class ListingSearchClient {

    private final RestTemplate http;
    private final RetryTemplate retry = RetryTemplate.builder()
            .maxAttempts(3)
            .exponentialBackoff(Duration.ofMillis(400), 2.0, Duration.ofSeconds(4), true)
            .retryOn(List.of(
                    HttpServerErrorException.class,
                    HttpClientErrorException.TooManyRequests.class,
                    ResourceAccessException.class))
            .build();

    public ListingSearchClient(RestTemplateBuilder builder, ListingApiProperties api) {
        this.http = builder
                .rootUri(api.url())
                .defaultHeader("X-Api-Key", api.key())
                .setConnectTimeout(Duration.ofSeconds(2))
                .setReadTimeout(Duration.ofSeconds(6))
                .build();
    }

    public ListingPage search(String city, int page) {
        ListingPage result = retry.execute(context -> http.getForObject(
                "/listings?city={city}&page={page}", ListingPage.class, Map.of("city", city, "page", page)));
        if (result == null || result.items() == null) {
            throw new ListingApiException("search answer without items");
        }
        return result;
    }
}
