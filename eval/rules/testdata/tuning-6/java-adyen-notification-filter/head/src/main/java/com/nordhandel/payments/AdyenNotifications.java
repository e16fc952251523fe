package com.nordhandel.payments;

import com.adyen.model.notification.NotificationRequestItem;
import com.adyen.notification.WebhookHandler;
import com.adyen.util.HMACValidator;
import java.io.IOException;
import java.security.SignatureException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@RestController
public class AdyenNotifications {

    private static final Logger log = LoggerFactory.getLogger(AdyenNotifications.class);

    private final HMACValidator validator = new HMACValidator();
    private final WebhookHandler handler = new WebhookHandler();
    private final JdbcClient jdbc;
    private final String hmacKey;

    public AdyenNotifications(JdbcClient jdbc, AdyenProperties properties) {
        this.jdbc = jdbc;
        this.hmacKey = properties.hmacKey();
    }

    @PostMapping("/webhooks/adyen")
    public ResponseEntity<Void> receive(@RequestBody String body) throws IOException, SignatureException {
        var items = handler.handleNotificationJson(body).getNotificationItems();
        for (NotificationRequestItem item : items) {
            if (!validator.validateHMAC(item, hmacKey)) {
                log.warn("adyen notification rejected");
                return ResponseEntity.status(401).build();
            }
        }
        items.forEach(this::store);
        return ResponseEntity.accepted().build();
    }

    /** A scheduled worker applies the rows; (psp_reference, event_code, success) is unique. */
    private void store(NotificationRequestItem item) {
        try {
            jdbc.sql("INSERT INTO adyen_event (psp_reference, event_code, success, merchant_reference, event_date)"
                            + " VALUES (?, ?, ?, ?, ?)")
                    .params(
                            item.getPspReference(),
                            item.getEventCode(),
                            item.isSuccess(),
                            item.getMerchantReference(),
                            item.getEventDate())
                    .update();
        } catch (DuplicateKeyException e) {
            log.info("adyen event {} {} came again", item.getPspReference(), item.getEventCode());
        }
    }
}
