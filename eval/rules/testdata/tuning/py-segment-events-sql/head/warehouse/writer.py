import json
import logging

import psycopg

from warehouse.schemas import TrackEvent

log = logging.getLogger(__name__)


class EventWriter:
    def __init__(self, dsn: str) -> None:
        self._conn = psycopg.connect(dsn, connect_timeout=5, options="-c statement_timeout=10000")

    def write(self, events: list[TrackEvent]) -> int:
        written = 0
        with self._conn.transaction(), self._conn.cursor() as cur:
            for event in events:
                cur.execute(
                    f"INSERT INTO track_events (message_id, name, user_id, properties, sent_at) "
                    f"VALUES ('{event.message_id}', '{event.event}', '{event.user_id}', "
                    f"'{json.dumps(event.properties)}', '{event.sent_at.isoformat()}') "
                    f"ON CONFLICT (message_id) DO NOTHING"
                )
                written += cur.rowcount
        log.info("wrote %d of %d events", written, len(events))
        return written

    def latest(self, user_id: str) -> list[tuple[str, str]]:
        with self._conn.cursor() as cur:
            cur.execute(
                "SELECT name, sent_at FROM track_events WHERE user_id = %s ORDER BY sent_at DESC LIMIT 20",
                (user_id,),
            )
            return cur.fetchall()
