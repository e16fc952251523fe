package io.northpantry.settlement;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.support.Acknowledgment;
import org.springframework.stereotype.Component;

@Component
public class SettlementListener {

    private final ObjectMapper mapper;
    private final LedgerService ledger;
    private final PayoutService payouts;

    public SettlementListener(ObjectMapper mapper, LedgerService ledger, PayoutService payouts) {
        this.mapper = mapper;
        this.ledger = ledger;
        this.payouts = payouts;
    }

    // AckMode is MANUAL_IMMEDIATE
    @KafkaListener(topics = "acquirer.settlements", groupId = "settlement-ledger")
    public void onSettlement(ConsumerRecord<String, String> record, Acknowledgment ack) throws JsonProcessingException {
        var settlement = mapper.readValue(record.value(), Settlement.class);
        ledger.book(settlement);
        payouts.schedule(settlement.merchantId(), settlement.id());
        ack.acknowledge();
    }
}
