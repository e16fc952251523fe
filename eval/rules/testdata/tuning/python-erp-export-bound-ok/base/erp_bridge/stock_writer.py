import logging
from typing import Any

import psycopg

log = logging.getLogger("erp_bridge.stock")


class StockWriter:
    def __init__(self, dsn: str) -> None:
        self._dsn = dsn

    def apply(self, message: dict[str, Any]) -> int:
        warehouse = message["warehouse"]
        lines = message["lines"]
        touched = 0
        with psycopg.connect(self._dsn, connect_timeout=5) as conn, conn.cursor() as cur:
            for line in lines:
                cur.execute(
                    f"""
                    UPDATE stock_levels
                       SET on_hand = {int(line['on_hand'])}, synced_at = now()
                     WHERE sku = '{line['sku']}' AND warehouse_code = '{warehouse}'
                    """
                )
                touched += cur.rowcount
        if touched != len(lines):
            log.warning("stock message %s: %d of %d lines matched", message["message_id"], touched, len(lines))
        return touched
