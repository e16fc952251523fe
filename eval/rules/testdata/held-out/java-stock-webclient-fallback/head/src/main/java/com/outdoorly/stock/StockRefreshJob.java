package com.outdoorly.stock;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;

@Component
public class StockRefreshJob {

    private final SupplierStockClient supplier;
    private final ArticleService articles;

    public StockRefreshJob(SupplierStockClient supplier, ArticleService articles) {
        this.supplier = supplier;
        this.articles = articles;
    }

    @Scheduled(cron = "0 */20 * * * *")
    public void refresh() {
        Flux.fromIterable(articles.listedSkus())
                .flatMap(sku -> supplier.quantity(sku).map(quantity -> new SkuStock(sku, quantity)), 4)
                .toStream()
                .forEach(stock -> {
                    if (stock.quantity() == 0) {
                        articles.delist(stock.sku());
                    } else {
                        articles.updateStock(stock.sku(), stock.quantity());
                    }
                });
    }

    private record SkuStock(String sku, int quantity) {}
}
