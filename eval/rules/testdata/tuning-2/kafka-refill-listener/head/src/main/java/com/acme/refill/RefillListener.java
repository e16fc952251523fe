package com.acme.refill;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.validation.Validator;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

@Component
class RefillListener {

    private final ObjectMapper json;
    private final Validator validator;
    private final RefillRepository refills;
    private final StockRepository stock;

    RefillListener(ObjectMapper json, Validator validator, RefillRepository refills, StockRepository stock) {
        this.json = json;
        this.validator = validator;
        this.refills = refills;
        this.stock = stock;
    }

    @KafkaListener(topics = "refills", groupId = "stock")
    @Transactional
    public void onRefill(String body) {
        RefillEvent event;
        try {
            event = json.readValue(body, RefillEvent.class);
        } catch (JsonProcessingException e) {
            throw new MalformedRefillException("unreadable event");
        }
        if (!validator.validate(event).isEmpty()) {
            throw new MalformedRefillException("event breaks its constraints");
        }
        // INSERT … ON CONFLICT DO NOTHING, in one transaction with the stock
        if (refills.insertIfAbsent(event.id(), event.sku(), event.quantity()) == 1) {
            stock.add(event.sku(), event.quantity());
        }
    }
}
