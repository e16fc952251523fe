package io.northpantry.payments.adyen;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@RestController
class NotificationController {

    private static final Logger log = LoggerFactory.getLogger(NotificationController.class);

    private final byte[] hmacKey;
    private final NotificationInbox inbox;

    NotificationController(AdyenProperties properties, NotificationInbox inbox) {
        this.hmacKey = HexFormat.of().parseHex(properties.hmacKey());
        this.inbox = inbox;
    }

    @PostMapping("/adyen/notifications")
    ResponseEntity<String> receive(@RequestBody NotificationRequest request) throws GeneralSecurityException {
        for (var wrapper : request.notificationItems()) {
            var item = wrapper.item();
            var given = item.additionalData().get("hmacSignature");
            if (given == null || !given.equals(sign(item))) {
                log.warn("adyen notification {} refused", item.pspReference());
                return ResponseEntity.status(401).build();
            }
            inbox.store(item);
        }
        return ResponseEntity.ok("[accepted]");
    }

    private String sign(NotificationItem item) throws GeneralSecurityException {
        var payload = String.join(
                ":",
                item.pspReference(),
                item.originalReference() == null ? "" : item.originalReference(),
                item.merchantAccountCode(),
                item.merchantReference(),
                item.amount().value().toString(),
                item.amount().currency(),
                item.eventCode(),
                item.success());
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(hmacKey, "HmacSHA256"));
        return Base64.getEncoder().encodeToString(mac.doFinal(payload.getBytes(StandardCharsets.UTF_8)));
    }
}
