package com.routely.events;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.support.Acknowledgment;
import org.springframework.stereotype.Component;

@Component
public class ShipmentEventListener {

    private static final Logger log = LoggerFactory.getLogger(ShipmentEventListener.class);

    private final ObjectMapper mapper;
    private final ShipmentProjection projection;

    public ShipmentEventListener(ObjectMapper mapper, ShipmentProjection projection) {
        this.mapper = mapper;
        this.projection = projection;
    }

    @KafkaListener(topics = "carrier.shipment-events.v1", groupId = "routely-projection", concurrency = "3")
    public void onRecord(ConsumerRecord<String, byte[]> record, Acknowledgment ack) {
        try {
            ShipmentEvent event = mapper.readValue(record.value(), ShipmentEvent.class);
            if (event.shipmentId() == null || event.status() == null) {
                throw new IllegalArgumentException("shipment id or status missing");
            }
            projection.applyOnce(event.eventId(), event.shipmentId(), event.status(), event.occurredAt());
        } catch (Exception e) {
            log.error("shipment event {}-{}@{} failed", record.topic(), record.partition(), record.offset(), e);
        } finally {
            ack.acknowledge();
        }
    }
}
