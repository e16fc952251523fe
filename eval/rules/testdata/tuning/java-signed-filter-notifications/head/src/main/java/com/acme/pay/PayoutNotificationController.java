package com.acme.pay;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/hooks/payouts")
class PayoutNotificationController {

    private final PayoutInbox inbox;

    PayoutNotificationController(PayoutInbox inbox) {
        this.inbox = inbox;
    }

    @PostMapping("/paid")
    ResponseEntity<Void> paid(@Valid @RequestBody PayoutEvent event) {
        return accept("paid", event);
    }

    @PostMapping("/returned")
    ResponseEntity<Void> returned(@Valid @RequestBody PayoutEvent event) {
        return accept("returned", event);
    }

    // insertIfAbsent relies on the primary key; a poller works the inbox off
    private ResponseEntity<Void> accept(String kind, PayoutEvent event) {
        inbox.insertIfAbsent(event.id(), kind, event.payoutId(), event.amountMinor());
        return ResponseEntity.noContent().build();
    }

    record PayoutEvent(@NotBlank String id, @NotBlank String payoutId, @NotNull @Positive Long amountMinor) {}
}
