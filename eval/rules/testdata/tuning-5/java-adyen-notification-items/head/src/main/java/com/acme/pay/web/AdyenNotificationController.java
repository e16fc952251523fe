package com.acme.pay.web;

import com.acme.pay.domain.NotificationInbox;
import com.adyen.model.notification.NotificationRequest;
import com.adyen.model.notification.NotificationRequestItem;
import com.adyen.notification.WebhookHandler;
import com.adyen.util.HMACValidator;
import java.io.IOException;
import java.security.SignatureException;
import org.springframework.beans.factory.annotation.Value;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@RestController
public class AdyenNotificationController {

  private static final Logger log = LoggerFactory.getLogger(AdyenNotificationController.class);

  private final WebhookHandler webhookHandler = new WebhookHandler();
  private final NotificationInbox inbox;

  private final HMACValidator hmacValidator = new HMACValidator();
  private final String hmacKey;

  public AdyenNotificationController(NotificationInbox inbox, @Value("${adyen.hmac-key}") String hmacKey) {
    this.inbox = inbox;
    this.hmacKey = hmacKey;
  }

  @PostMapping("/hooks/adyen")
  public ResponseEntity<String> receive(@RequestBody String json) {
    NotificationRequest request;
    try {
      request = webhookHandler.handleNotificationJson(json);
    } catch (IOException e) {
      return ResponseEntity.status(HttpStatus.BAD_REQUEST).body("malformed");
    }

    for (NotificationRequestItem item : request.getNotificationItems()) {
      if (item.getPspReference() == null || item.getEventCode() == null) {
        return ResponseEntity.unprocessableEntity().body("incomplete");
      }
      if (!validSignature(item)) {
        log.warn("adyen hmac rejected for {}", item.getPspReference());
        return ResponseEntity.status(HttpStatus.UNAUTHORIZED).body("invalid signature");
      }
    }

    for (NotificationRequestItem item : request.getNotificationItems()) {
      boolean added = inbox.addIfAbsent(item.getPspReference(), item.getEventCode(), json);
      log.info("adyen {} {} {}", item.getEventCode(), item.getPspReference(), added ? "stored" : "known");
    }
    return ResponseEntity.ok("[accepted]");
  }

  private boolean validSignature(NotificationRequestItem item) {
    try {
      return hmacValidator.validateHMAC(item, hmacKey);
    } catch (SignatureException | IllegalArgumentException e) {
      return false;
    }
  }
}
