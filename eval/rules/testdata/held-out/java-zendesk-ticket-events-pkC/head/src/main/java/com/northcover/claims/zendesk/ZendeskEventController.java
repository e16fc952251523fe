package com.northcover.claims.zendesk;

import com.northcover.claims.ClaimService;
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
@RequestMapping("/hooks/zendesk")
public class ZendeskEventController {

    private static final Logger log = LoggerFactory.getLogger(ZendeskEventController.class);

    private final ClaimService claims;
    private final ProcessedEventRepository processed;

    public ZendeskEventController(ClaimService claims, ProcessedEventRepository processed) {
        this.claims = claims;
        this.processed = processed;
    }

    @Transactional
    @PostMapping("/tickets")
    public ResponseEntity<Void> onTicketEvent(@Valid @RequestBody ZendeskTicketEvent event) {
        if (!processed.insertIfAbsent(event.id())) {
            log.debug("zendesk event {} already handled", event.id());
            return ResponseEntity.ok().build();
        }
        switch (event.type()) {
            case "zen:event-type:ticket.status_changed" ->
                claims.applyDeskStatus(event.detail().externalId(), event.detail().status());
            case "zen:event-type:ticket.merged" ->
                claims.linkMerged(event.detail().externalId(), event.detail().id());
            default -> log.info("ignoring zendesk event type {}", event.type());
        }
        return ResponseEntity.ok().build();
    }
}
