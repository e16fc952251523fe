package com.gridwise.alarm;

import io.awspring.cloud.sqs.annotation.SqsListener;
import jakarta.validation.Valid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.validation.annotation.Validated;

@Component
@Validated
public class DeviceAlarmListener {

    private static final Logger log = LoggerFactory.getLogger(DeviceAlarmListener.class);

    private final JdbcTemplate jdbc;

    public DeviceAlarmListener(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** A thrown exception leaves the message in the queue; after five receives it goes to alarms-dlq. */
    @SqsListener("alarms")
    @Transactional
    public void onAlarm(@Payload @Valid DeviceAlarm alarm) {
        int fresh = jdbc.update(
            "INSERT INTO handled_alarm (alarm_id) VALUES (?) ON CONFLICT DO NOTHING", alarm.alarmId());
        if (fresh == 0) {
            log.debug("alarm {} delivered again", alarm.alarmId());
            return;
        }
        jdbc.update(
            "UPDATE device SET alarm_count = alarm_count + 1, last_alarm_at = ? WHERE serial = ?",
            java.sql.Timestamp.from(alarm.raisedAt()),
            alarm.serial());
    }
}
