package com.grocerly.loyalty;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

@Component
public class OrderCompletedListener {

    private static final Logger log = LoggerFactory.getLogger(OrderCompletedListener.class);
    private static final BigDecimal POINTS_PER_EURO = new BigDecimal("2");

    private final LoyaltyAccountRepository accounts;

    public OrderCompletedListener(LoyaltyAccountRepository accounts) {
        this.accounts = accounts;
    }

    /** Failed records are tried again by the container's DefaultErrorHandler and end in orders.completed.DLT. */
    @KafkaListener(topics = "orders.completed", groupId = "loyalty")
    @Transactional
    public void on(OrderCompleted event) {
        if (event.loyaltyCard() == null) {
            return;
        }

        int points = event.total()
                .multiply(POINTS_PER_EURO)
                .setScale(0, RoundingMode.DOWN)
                .intValueExact();

        int updated = accounts.addPoints(event.loyaltyCard(), points);
        if (updated == 0) {
            throw new UnknownLoyaltyCardException(event.loyaltyCard());
        }
        log.info("order {}: {} points", event.orderId(), points);
    }

    public record OrderCompleted(String orderId, String loyaltyCard, BigDecimal total) {}
}
