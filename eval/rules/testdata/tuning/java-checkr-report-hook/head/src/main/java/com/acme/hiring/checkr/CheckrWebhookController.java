package com.acme.hiring.checkr;

import jakarta.validation.Valid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/webhooks/checkr")
public class CheckrWebhookController {

    private static final Logger log = LoggerFactory.getLogger(CheckrWebhookController.class);

    private final ScreeningService screenings;
    private final ReceivedEvents receivedEvents;

    public CheckrWebhookController(ScreeningService screenings, ReceivedEvents receivedEvents) {
        this.screenings = screenings;
        this.receivedEvents = receivedEvents;
    }

    @PostMapping
    @Transactional
    public ResponseEntity<Void> receive(@Valid @RequestBody CheckrEvent event) {
        // insert ... on conflict do nothing, in the same transaction
        if (!receivedEvents.register("checkr", event.id())) {
            return ResponseEntity.ok().build();
        }

        switch (event.type()) {
            case "report.completed" -> screenings.complete(event.reportId(), event.result());
            case "report.suspended" -> screenings.suspend(event.reportId());
            default -> log.debug("checkr event {} ignored", event.type());
        }
        return ResponseEntity.ok().build();
    }
}
