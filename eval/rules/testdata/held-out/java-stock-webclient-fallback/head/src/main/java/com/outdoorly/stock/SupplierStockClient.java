package com.outdoorly.stock;

import java.time.Duration;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;

@Component
public class SupplierStockClient {

    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final WebClient supplier;

    public SupplierStockClient(WebClient supplierWebClient) {
        this.supplier = supplierWebClient;
    }

    public Mono<Integer> quantity(String sku) {
        return supplier.get()
                .uri("/stock/{sku}", sku)
                .retrieve()
                .bodyToMono(StockAnswer.class)
                .timeout(LIMIT)
                .map(StockAnswer::quantity)
                .onErrorReturn(0);
    }

    record StockAnswer(String sku, int quantity) {}
}
