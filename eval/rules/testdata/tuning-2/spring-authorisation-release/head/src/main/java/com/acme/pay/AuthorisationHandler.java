package com.acme.pay;

import com.acme.warehouse.WarehouseClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

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
    private final WarehouseClient warehouse;
    private final Clock clock;

    public AuthorisationHandler(HandledNotificationRepository handled, OrderRepository orders,
                                WarehouseClient warehouse, Clock clock) {
        this.handled = handled;
        this.orders = orders;
        this.warehouse = warehouse;
        this.clock = clock;
    }

    public void handle(NotificationItem item) {
        var key = item.pspReference() + ":" + item.eventCode() + ":" + item.success();
        if (handled.existsById(key)) {
            log.debug("notification {} was handled before", key);
            return;
        }

        var order = orders.findByReference(item.merchantReference())
                .orElseThrow(() -> new UnknownOrderException(item.merchantReference()));
        if (item.success()) {
            order.markAuthorised(item.pspReference());
            orders.save(order);
            warehouse.release(order.getReference(), order.getLines());
        } else {
            order.markRefused(item.reason());
            orders.save(order);
        }

        handled.save(new HandledNotification(key, clock.instant()));
        log.info("order {} is now {}", order.getReference(), order.getState());
    }
}
