import json
import logging

import psycopg
from psycopg import sql

from warehouse.schemas import TrackEvent

log = logging.getLogger(__name__)

TABLES = {"Order Completed": "order_completed", "Product Viewed": "product_viewed"}
PREFIX = "evt"


class EventLoader:
    def __init__(self, dsn: str) -> None:
        self._conn = psycopg.connect(dsn, connect_timeout=5, options="-c statement_timeout=10000")

    def load(self, events: list[TrackEvent]) -> int:
        written = 0
        with self._conn.transaction(), self._conn.cursor() as cur:
            for event in events:
                name = TABLES.get(event.event)
                if name is None:
                    log.info("event %s has no table", event.message_id)
                    continue
                statement = sql.SQL(
                    "INSERT INTO {table} (message_id, user_id, properties, sent_at) "
                    "VALUES (%(id)s, %(user)s, %(properties)s, %(sent)s) "
                    "ON CONFLICT (message_id) DO NOTHING"
                ).format(table=sql.Identifier(f"{PREFIX}_{name}"))
                cur.execute(
                    statement,
                    {
                        "id": event.message_id,
                        "user": event.user_id,
                        "properties": json.dumps(event.properties),
                        "sent": event.sent_at,
                    },
                )
                written += cur.rowcount
        return written
