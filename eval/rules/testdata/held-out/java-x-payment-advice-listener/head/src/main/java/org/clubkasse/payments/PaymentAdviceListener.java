package org.clubkasse.payments;

import io.awspring.cloud.sqs.annotation.SqsListener;
import io.awspring.cloud.sqs.annotation.SqsListenerAcknowledgementMode;
import jakarta.validation.Valid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

@Component
public class PaymentAdviceListener {

    private static final Logger log = LoggerFactory.getLogger(PaymentAdviceListener.class);

    private final JdbcClient jdbc;
    private final MemberAccounts accounts;

    public PaymentAdviceListener(JdbcClient jdbc, MemberAccounts accounts) {
        this.jdbc = jdbc;
        this.accounts = accounts;
    }

    @Transactional
    @SqsListener(value = "${queues.payment-advice}", acknowledgementMode = SqsListenerAcknowledgementMode.ON_SUCCESS)
    public void onAdvice(@Valid @Payload PaymentAdvice advice) {
        int inserted = jdbc.sql("""
                        INSERT INTO processed_advice (advice_id, received_at)
                        VALUES (:id, now())
                        ON CONFLICT (advice_id) DO NOTHING
                        """)
                .param("id", advice.adviceId())
                .update();
        if (inserted == 0) {
            log.info("advice {} was booked before", advice.adviceId());
            return;
        }
        accounts.credit(advice.memberId(), advice.amountCents(), advice.reference());
    }
}
