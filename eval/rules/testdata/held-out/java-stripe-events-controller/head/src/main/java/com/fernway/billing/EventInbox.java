package com.fernway.billing;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** InboxWorker polls the table; a row is deleted in the transaction which applies it. */
@Repository
class EventInbox {

    private final JdbcClient jdbc;

    EventInbox(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    boolean storeIfAbsent(String source, String eventId, String type, String payload) {
        return jdbc.sql("""
                        insert into event_inbox (source, event_id, type, payload)
                        values (:source, :eventId, :type, :payload)
                        on conflict (source, event_id) do nothing
                        """)
                .param("source", source)
                .param("eventId", eventId)
                .param("type", type)
                .param("payload", payload)
                .update() == 1;
    }
}
