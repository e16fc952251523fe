package com.leasedesk.contracts;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/webhooks/docusign")
class DocusignConnectController {

    private static final Logger log = LoggerFactory.getLogger(DocusignConnectController.class);

    private final ContractService contracts;

    DocusignConnectController(ContractService contracts) {
        this.contracts = contracts;
    }

    @PostMapping
    ResponseEntity<Void> envelopeChanged(@Valid @RequestBody ConnectEvent event) {
        if ("envelope-completed".equals(event.event())) {
            // one UPDATE ... WHERE signed_at IS NULL, so a redelivery changes nothing
            boolean changed = contracts.markSigned(event.data().envelopeId());
            log.info("envelope {} completed, changed={}", event.data().envelopeId(), changed);
        }
        return ResponseEntity.ok().build();
    }

    record ConnectEvent(@NotBlank String event, @NotNull @Valid EnvelopeData data) {}

    record EnvelopeData(@NotNull UUID envelopeId) {}
}
