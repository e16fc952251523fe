package com.acme.pay;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import java.time.Clock;

/**
 * Handles AUTHORISATION items. The controller has checked the HMAC of the item
 * and answers [accepted] only after this method has returned.
 */
@Component
public class AuthorisationHandler {

    private static final Logger log = LoggerFactory.getLogger(AuthorisationHandler.class);

    private final HandledNotificationRepository handled;
    private final OrderRepository orders;
    private final OutboxRepository outbox;
    private final Clock clock;

    public AuthorisationHandler(HandledNotificationRepository handled, OrderRepository orders,
                                OutboxRepository outbox, Clock clock) {
        this.handled = handled;
        this.orders = orders;
        this.outbox = outbox;
        this.clock = clock;
    }

    @Transactional
    public void handle(NotificationItem item) {
        var key = item.pspReference() + ":" + item.eventCode() + ":" + item.success();
        // INSERT … ON CONFLICT DO NOTHING, 1 for the first caller
        if (handled.claim(key, clock.instant()) == 0) {
            log.debug("notification {} was handled before", key);
            return;
        }

        var order = orders.findByReference(item.merchantReference())
                .orElseThrow(() -> new UnknownOrderException(item.merchantReference()));
        if (item.success()) {
            order.markAuthorised(item.pspReference());
            orders.save(order);
            outbox.save(OutboxEntry.release(order));
        } else {
            order.markRefused(item.reason());
            orders.save(order);
        }

        log.info("order {} is now {}", order.getReference(), order.getState());
    }
}
