"""Nightly import of shipped orders, run from cron."""
import logging
import os
from datetime import date, timedelta

import requests

from integrations.db import connect
from integrations.shipstation.mapping import to_row

log = logging.getLogger("shipstation.import")

API = "https://ssapi.shipstation.com"


def load_orders(day: date) -> list[dict]:
    auth = (os.environ["SHIPSTATION_KEY"], os.environ["SHIPSTATION_SECRET"])
    response = requests.get(
        f"{API}/orders",
        params={
            "orderStatus": "shipped",
            "modifyDateStart": day.isoformat(),
            "modifyDateEnd": (day + timedelta(days=1)).isoformat(),
            "pageSize": 500,
        },
        auth=auth,
        timeout=30,
    )
    response.raise_for_status()
    return response.json()["orders"]


def main() -> None:
    day = date.today() - timedelta(days=1)
    orders = load_orders(day)
    with connect() as conn, conn.cursor() as cur:
        cur.executemany(
            """
            INSERT INTO shipped_orders (order_id, order_number, shipped_on, total)
            VALUES (%(order_id)s, %(order_number)s, %(shipped_on)s, %(total)s)
            ON CONFLICT (order_id) DO UPDATE
               SET shipped_on = EXCLUDED.shipped_on, total = EXCLUDED.total
            """,
            [to_row(order) for order in orders],
        )
    log.info("imported %d orders for %s", len(orders), day)


if __name__ == "__main__":
    main()
