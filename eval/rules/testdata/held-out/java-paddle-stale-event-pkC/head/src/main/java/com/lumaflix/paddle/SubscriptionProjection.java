package com.lumaflix.paddle;

import java.sql.Timestamp;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Called by PaddleWebhookController with verified, not yet seen events. */
@Component
public class SubscriptionProjection {

    private static final String UPSERT = """
        INSERT INTO subscription (paddle_id, customer_id, status, price_id, next_billed_at, occurred_at)
        VALUES (:id, :customer, :status, :price, :next, :occurred)
        ON CONFLICT (paddle_id) DO UPDATE SET
            status = EXCLUDED.status,
            price_id = EXCLUDED.price_id,
            next_billed_at = EXCLUDED.next_billed_at,
            occurred_at = EXCLUDED.occurred_at
        """;

    private final JdbcClient jdbc;
    private final EntitlementService entitlements;

    public SubscriptionProjection(JdbcClient jdbc, EntitlementService entitlements) {
        this.jdbc = jdbc;
        this.entitlements = entitlements;
    }

    @Transactional
    public void apply(PaddleEvent event) {
        PaddleSubscription subscription = event.data();
        jdbc.sql(UPSERT)
            .param("id", subscription.id())
            .param("customer", subscription.customerId())
            .param("status", subscription.status())
            .param("price", subscription.items().get(0).price().id())
            .param("next", subscription.nextBilledAt() == null ? null : Timestamp.from(subscription.nextBilledAt()))
            .param("occurred", Timestamp.from(event.occurredAt()))
            .update();
        entitlements.recompute(subscription.customerId());
    }
}
