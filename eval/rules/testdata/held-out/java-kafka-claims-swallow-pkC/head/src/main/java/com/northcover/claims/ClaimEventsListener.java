package com.northcover.claims;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.support.Acknowledgment;
import org.springframework.stereotype.Component;

@Component
class ClaimEventsListener {

    private static final Logger log = LoggerFactory.getLogger(ClaimEventsListener.class);

    private final GuidewireGateway guidewire;
    private final ClaimEventCodec codec;
    private final UploadedClaims uploaded;

    ClaimEventsListener(GuidewireGateway guidewire, ClaimEventCodec codec, UploadedClaims uploaded) {
        this.guidewire = guidewire;
        this.codec = codec;
        this.uploaded = uploaded;
    }

    @KafkaListener(topics = "claims.submitted", groupId = "guidewire-upload")
    public void onClaim(ConsumerRecord<String, byte[]> record, Acknowledgment ack) {
        ClaimSubmitted claim = codec.decode(record.value());
        if (uploaded.contains(claim.claimNumber())) {
            ack.acknowledge();
            return;
        }
        try {
            String externalId = guidewire.createFirstNotice(claim);
            uploaded.put(claim.claimNumber(), externalId);
        } catch (Exception e) {
            log.warn("guidewire upload failed for claim {}: {}", claim.claimNumber(), e.getMessage());
        }
        ack.acknowledge();
    }
}
