package com.acme.pay.web;

import com.acme.pay.domain.NotificationInbox;
import com.adyen.model.notification.NotificationRequest;
import com.adyen.model.notification.NotificationRequestItem;
import com.adyen.notification.WebhookHandler;
import java.io.IOException;
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

  public AdyenNotificationController(NotificationInbox inbox) {
    this.inbox = inbox;
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
      boolean added = inbox.addIfAbsent(item.getPspReference(), item.getEventCode(), json);
      log.info("adyen {} {} {}", item.getEventCode(), item.getPspReference(), added ? "stored" : "known");
    }
    return ResponseEntity.ok("[accepted]");
  }
}
