package com.sendwell.webhooks.v1;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.sendwell.shipments.Shipment;
import java.time.Instant;
import java.util.Locale;

/** Body of the webhooks which customers receive, documented at docs.sendwell.example/webhooks/v1. */
public record ShipmentEventV1(
        @JsonProperty("id") String id,
        @JsonProperty("type") String type,
        @JsonProperty("occurred_at") Instant occurredAt,
        @JsonProperty("shipment_id") String shipmentId,
        @JsonProperty("tracking_code") String trackingCode,
        @JsonProperty("carrier") String carrier,
        @JsonProperty("state") String state) {

    public static ShipmentEventV1 of(String eventId, String type, Instant occurredAt, Shipment shipment) {
        return new ShipmentEventV1(
                eventId,
                type,
                occurredAt,
                shipment.publicId(),
                shipment.trackingCode(),
                shipment.carrier().code(),
                shipment.state().name().toLowerCase(Locale.ROOT));
    }
}
