package io.northpantry.price;

import jakarta.validation.Valid;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.support.Acknowledgment;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.stereotype.Component;

@Component
public class PriceListener {

    private final PriceRepository prices;
    private final SkuCatalog skus;

    public PriceListener(PriceRepository prices, SkuCatalog skus) {
        this.prices = prices;
        this.skus = skus;
    }

    @KafkaListener(topics = "supplier.prices", groupId = "price-service")
    public void onPrice(@Valid @Payload PriceMessage message, Acknowledgment ack) {
        apply(message);
        ack.acknowledge();
    }

    /** One statement: insert, or update where the stored revision is lower. */
    private void apply(PriceMessage message) {
        if (!skus.exists(message.sku())) {
            throw new UnknownSkuException(message.sku());
        }
        prices.upsertIfNewer(message.sku(), message.currency(), message.amountMinor(), message.revision());
    }
}
