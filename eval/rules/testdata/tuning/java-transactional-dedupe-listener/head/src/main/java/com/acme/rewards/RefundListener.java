package com.acme.rewards;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.support.Acknowledgment;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

@Component
class RefundListener {

    private static final Logger log = LoggerFactory.getLogger(RefundListener.class);

    private final JdbcTemplate jdbc;
    private final TransactionTemplate tx;
    private final RewardLedger ledger;

    RefundListener(JdbcTemplate jdbc, TransactionTemplate tx, RewardLedger ledger) {
        this.jdbc = jdbc;
        this.tx = tx;
        this.ledger = ledger;
    }

    // failures go through DefaultErrorHandler (exponential back-off, then dead letter topic)
    @KafkaListener(topics = "refunds", groupId = "rewards", containerFactory = "manualAckFactory")
    public void onRefund(@Payload Refund refund, Acknowledgment ack) {
        tx.executeWithoutResult(status -> {
            int claimed = jdbc.update(
                    "INSERT INTO handled_event (event_id) VALUES (?) ON CONFLICT DO NOTHING", refund.eventId());
            if (claimed == 0) {
                log.debug("refund {} already handled", refund.eventId());
                return;
            }
            ledger.withdraw(refund.memberId(), refund.amountMinor());
        });
        ack.acknowledge();
    }
}
