package com.lumen.contracts.web;

import com.lumen.contracts.service.EnvelopeService;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/connect/docusign")
public class DocusignConnectController {

    private static final Logger log = LoggerFactory.getLogger(DocusignConnectController.class);

    private final EnvelopeService envelopes;

    public DocusignConnectController(EnvelopeService envelopes) {
        this.envelopes = envelopes;
    }

    @PostMapping
    public ResponseEntity<Void> onEvent(@Valid @RequestBody ConnectEvent event) {
        switch (event.event()) {
            // both transitions are no-ops when the envelope is already in that state
            case "envelope-completed" -> envelopes.complete(event.data().envelopeId());
            case "envelope-voided" -> envelopes.voidEnvelope(event.data().envelopeId());
            default -> log.debug("connect event {} ignored", event.event());
        }
        return ResponseEntity.noContent().build();
    }

    public record ConnectEvent(@NotBlank String event, @NotNull @Valid Data data) {
    }

    public record Data(@NotBlank String envelopeId) {
    }
}
