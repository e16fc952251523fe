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
    private final AdyenHmac hmac;

    AdyenNotificationController(NotificationInbox inbox, AdyenHmac hmac) {
        this.inbox = inbox;
        this.hmac = hmac;
    }


    @PostMapping("/adyen/notifications")
    public ResponseEntity<String> receive(@RequestBody NotificationEnvelope envelope) {
        List<NotificationItem> items = envelope.items();
        if (items == null || items.isEmpty()) {
            return ResponseEntity.badRequest().build();
        }

        for (NotificationItem item : items) {
            if (!hmac.matches(item)) {
                log.warn("adyen notification with wrong hmac psp={}", item.pspReference());
                return ResponseEntity.status(401).build();
            }
        }

        for (NotificationItem item : items) {
            // the inbox has a unique key on (pspReference, eventCode, success)
            boolean stored = inbox.storeIfAbsent(item.pspReference(), item.eventCode(), item.success(), item);
            log.info("adyen notification psp={} event={} new={}", item.pspReference(), item.eventCode(), stored);
        }
        return ResponseEntity.ok("[accepted]");
    }
}
