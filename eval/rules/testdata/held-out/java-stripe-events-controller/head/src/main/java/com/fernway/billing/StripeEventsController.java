package com.fernway.billing;

import com.stripe.exception.SignatureVerificationException;
import com.stripe.model.Event;
import com.stripe.net.Webhook;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

@RestController
class StripeEventsController {

    private static final Logger log = LoggerFactory.getLogger(StripeEventsController.class);

    private final EventInbox inbox;
    private final String endpointSecret;

    StripeEventsController(EventInbox inbox, @Value("${stripe.endpoint-secret}") String endpointSecret) {
        this.inbox = inbox;
        this.endpointSecret = endpointSecret;
    }

    @PostMapping(path = "/webhooks/stripe", consumes = "application/json")
    ResponseEntity<Void> receive(@RequestBody String payload, @RequestHeader("Stripe-Signature") String signature) {
        Event event;
        try {
            event = Webhook.constructEvent(payload, signature, endpointSecret);
        } catch (SignatureVerificationException e) {
            log.warn("Stripe event refused: {}", e.getMessage());
            return ResponseEntity.status(HttpStatus.BAD_REQUEST).build();
        }

        boolean fresh = inbox.storeIfAbsent("stripe", event.getId(), event.getType(), payload);
        log.info("Stripe event {} {} ({})", event.getId(), event.getType(), fresh ? "stored" : "known");
        return ResponseEntity.accepted().build();
    }
}
