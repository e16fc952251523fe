package com.dressly.tracking;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.concurrent.ExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

@RestController
class AftershipController {

    private static final Logger log = LoggerFactory.getLogger(AftershipController.class);

    private final AftershipSignature signature;
    private final TrackingService tracking;
    private final ObjectMapper mapper;
    private final ExecutorService executor;

    AftershipController(AftershipSignature signature, TrackingService tracking, ObjectMapper mapper,
                        @Qualifier("webhookExecutor") ExecutorService executor) {
        this.signature = signature;
        this.tracking = tracking;
        this.mapper = mapper;
        this.executor = executor;
    }

    @PostMapping("/hooks/aftership")
    ResponseEntity<Void> receive(@RequestBody byte[] body,
                                 @RequestHeader("aftership-hmac-sha256") String hmac) {
        if (!signature.matches(hmac, body)) {
            return ResponseEntity.status(401).build();
        }

        executor.submit(() -> {
            try {
                TrackingEvent event = mapper.readValue(body, TrackingEvent.class);
                // unique per event_id, ignores older checkpoints
                tracking.apply(event);
            } catch (JsonProcessingException e) {
                log.warn("aftership event is not readable", e);
            } catch (Exception e) {
                log.error("aftership event failed", e);
            }
        });

        return ResponseEntity.ok().build();
    }
}
