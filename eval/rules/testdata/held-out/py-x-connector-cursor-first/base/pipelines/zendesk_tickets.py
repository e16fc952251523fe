import logging
import time

import httpx

from pipelines.state import CursorStore
from pipelines.warehouse import Warehouse

log = logging.getLogger("pipelines.zendesk")

WAITS = 5


class ZendeskTickets:
    def __init__(self, http: httpx.Client, cursors: CursorStore, warehouse: Warehouse) -> None:
        self._http = http
        self._cursors = cursors
        self._warehouse = warehouse

    def run(self, start_time: int) -> int:
        total = 0
        cursor = self._cursors.load("zendesk.tickets")
        while True:
            params = {"cursor": cursor} if cursor else {"start_time": start_time}
            page = self._page(params)
            cursor = page["after_cursor"] or cursor
            self._warehouse.merge("zendesk_tickets", page["tickets"], key="id")
            self._cursors.save("zendesk.tickets", cursor)
            total += len(page["tickets"])
            if page["end_of_stream"]:
                log.info("zendesk: %d tickets", total)
                return total

    def _page(self, params: dict) -> dict:
        for _ in range(WAITS):
            response = self._http.get("/api/v2/incremental/tickets/cursor.json", params=params, timeout=60)
            if response.status_code == 429:
                time.sleep(min(int(response.headers.get("Retry-After", "60")), 120))
                continue
            response.raise_for_status()
            return response.json()
        raise RuntimeError("zendesk limit not lifted")
