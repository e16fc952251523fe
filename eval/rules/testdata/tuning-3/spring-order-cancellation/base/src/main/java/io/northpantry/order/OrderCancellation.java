package io.northpantry.order;

import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
public class OrderCancellation {

    private final OrderRepository orders;
    private final RefundLedger refunds;
    private final Outbox outbox;
    private final Clock clock;

    public OrderCancellation(OrderRepository orders, RefundLedger refunds, Outbox outbox, Clock clock) {
        this.orders = orders;
        this.refunds = refunds;
        this.outbox = outbox;
        this.clock = clock;
    }

    @Transactional
    public void cancel(UUID orderId, CancellationReason reason) {
        var order = orders.findForUpdate(orderId).orElseThrow(() -> new OrderNotFoundException(orderId));
        if (order.isCancelled()) {
            return;
        }
        order.cancel(reason, clock.instant());
        outbox.add("order.cancelled", new OrderCancelled(orderId, reason, clock.instant()));

        refunds.reserve(order.id(), order.paidAmount());
        orders.save(order);
    }

    public record OrderCancelled(UUID orderId, CancellationReason reason, Instant at) {}
}
