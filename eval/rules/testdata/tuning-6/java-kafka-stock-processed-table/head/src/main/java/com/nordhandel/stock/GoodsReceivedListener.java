package com.nordhandel.stock;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The container commits after the method returned; DefaultErrorHandler retries and ends in the dead letter topic. */
@Component
public class GoodsReceivedListener {

    private static final Logger log = LoggerFactory.getLogger(GoodsReceivedListener.class);

    private final JdbcClient jdbc;
    private final ObjectMapper json;

    public GoodsReceivedListener(JdbcClient jdbc, ObjectMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    @Transactional
    @KafkaListener(topics = "warehouse.goods-received.v1", groupId = "stock")
    public void onMessage(String payload) throws JsonProcessingException {
        GoodsReceived event = json.readValue(payload, GoodsReceived.class);

        int isNew = jdbc.sql("INSERT INTO processed_event (id, consumer) VALUES (?, 'stock') ON CONFLICT DO NOTHING")
                .param(event.eventId())
                .update();
        if (isNew == 0) {
            log.info("event {} was processed before", event.eventId());
            return;
        }

        int changed = jdbc.sql("UPDATE stock SET on_hand = on_hand + ? WHERE sku = ? AND warehouse = ?")
                .params(event.quantity(), event.sku(), event.warehouse())
                .update();
        if (changed == 0) {
            throw new UnknownStockException(event.sku(), event.warehouse());
        }
    }

    record GoodsReceived(UUID eventId, String sku, String warehouse, int quantity) {}
}
