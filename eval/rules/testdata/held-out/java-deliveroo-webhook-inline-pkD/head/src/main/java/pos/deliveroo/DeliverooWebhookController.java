package pos.deliveroo;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import pos.inbox.EventInbox;
import pos.kitchen.KitchenPrinter;
import pos.menu.MenuMatcher;
import pos.orders.Order;
import pos.orders.OrderService;

@RestController
public class DeliverooWebhookController {

    private static final Logger log = LoggerFactory.getLogger(DeliverooWebhookController.class);

    private final DeliverooSignature signature;
    private final DeliverooClient deliveroo;
    private final EventInbox inbox;
    private final MenuMatcher menus;
    private final OrderService orders;
    private final KitchenPrinter printer;
    private final ObjectMapper mapper;

    public DeliverooWebhookController(DeliverooSignature signature, DeliverooClient deliveroo, EventInbox inbox,
            MenuMatcher menus, OrderService orders, KitchenPrinter printer, ObjectMapper mapper) {
        this.signature = signature;
        this.deliveroo = deliveroo;
        this.inbox = inbox;
        this.menus = menus;
        this.orders = orders;
        this.printer = printer;
        this.mapper = mapper;
    }

    @PostMapping("/webhooks/deliveroo/orders")
    public ResponseEntity<Void> order(@RequestHeader("X-Deliveroo-Sequence-Guid") String guid,
            @RequestHeader("X-Deliveroo-Hmac-Sha256") String hmac, @RequestBody byte[] body) throws IOException {
        if (!signature.matches(guid, body, hmac)) {
            return ResponseEntity.status(401).build();
        }
        OrderEvent event = mapper.readValue(body, OrderEvent.class);
        if (inbox.alreadyDone(guid)) {
            return ResponseEntity.ok().build();
        }
        Order order = orders.upsert(event.orderId(), menus.resolve(event.locationId(), event.items()));
        printer.printOnce(order.getId());
        deliveroo.acceptOrder(event.orderId());
        deliveroo.updatePrepStage(event.orderId(), "in_kitchen");
        inbox.markDone(guid);
        log.info("deliveroo order {} accepted", event.orderId());
        return ResponseEntity.ok().build();
    }
}
