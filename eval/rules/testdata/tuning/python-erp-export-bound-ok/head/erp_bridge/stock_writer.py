import logging
from typing import Any

import psycopg
from psycopg import sql

log = logging.getLogger("erp_bridge.stock")


class StockWriter:
    def __init__(self, dsn: str, table: str = "stock_levels") -> None:
        self._dsn = dsn
        self._update = sql.SQL(
            "UPDATE {} SET on_hand = %(on_hand)s, synced_at = now() "
            "WHERE sku = %(sku)s AND warehouse_code = %(warehouse)s"
        ).format(sql.Identifier(table))

    def apply(self, message: dict[str, Any]) -> int:
        warehouse = message["warehouse"]
        lines = message["lines"]
        touched = 0
        with psycopg.connect(self._dsn, connect_timeout=5) as conn, conn.cursor() as cur:
            for line in lines:
                cur.execute(
                    self._update,
                    {"on_hand": int(line["on_hand"]), "sku": line["sku"], "warehouse": warehouse},
                )
                touched += cur.rowcount
        if touched != len(lines):
            log.warning("stock message %s: %d of %d lines matched", message["message_id"], touched, len(lines))
        return touched
