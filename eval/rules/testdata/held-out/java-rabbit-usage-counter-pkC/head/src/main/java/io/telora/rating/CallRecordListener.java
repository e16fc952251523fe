package io.telora.rating;

import com.rabbitmq.client.Channel;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.rabbit.annotation.RabbitListener;
import org.springframework.amqp.support.AmqpHeaders;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.stereotype.Component;

@Component
class CallRecordListener {

    private static final Logger log = LoggerFactory.getLogger(CallRecordListener.class);

    private final JdbcTemplate jdbc;

    CallRecordListener(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @RabbitListener(queues = "cdr.rated", ackMode = "MANUAL")
    void onRecord(CallRecord record, Channel channel, @Header(AmqpHeaders.DELIVERY_TAG) long tag) throws IOException {
        try {
            jdbc.update(
                """
                INSERT INTO usage_period (line_id, period, billed_seconds) VALUES (?, ?, ?)
                ON CONFLICT (line_id, period) DO UPDATE
                SET billed_seconds = usage_period.billed_seconds + EXCLUDED.billed_seconds
                """,
                record.lineId(),
                record.period(),
                record.durationSeconds());
            channel.basicAck(tag, false);
        } catch (TransientDataAccessException e) {
            log.warn("call record {} requeued", record.recordId(), e);
            channel.basicNack(tag, false, true);
        }
    }
}
