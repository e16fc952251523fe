package com.acme.pay;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@RestController
class AdyenNotificationController {

    private static final Logger log = LoggerFactory.getLogger(AdyenNotificationController.class);

    private final NotificationInbox inbox;

    AdyenNotificationController(NotificationInbox inbox) {
        this.inbox = inbox;
    }

    @PostMapping("/adyen/notifications")
    public ResponseEntity<String> receive(@RequestBody NotificationEnvelope envelope) {
        List<NotificationItem> items = envelope.items();
        if (items == null || items.isEmpty()) {
            return ResponseEntity.badRequest().build();
        }

        for (NotificationItem item : items) {
            // the inbox has a unique key on (pspReference, eventCode, success)
            boolean stored = inbox.storeIfAbsent(item.pspReference(), item.eventCode(), item.success(), item);
            log.info("adyen notification psp={} event={} new={}", item.pspReference(), item.eventCode(), stored);
        }
        return ResponseEntity.ok("[accepted]");
    }
}
