import logging
from collections.abc import Iterator
from datetime import datetime, timezone

import requests

from sync.models import SyncState
from sync.sink import OrderSink

log = logging.getLogger(__name__)

PAGE_SIZE = 250


class BigCommerceOrders:
    def __init__(self, store_hash: str, token: str, sink: OrderSink) -> None:
        self._url = f"https://api.bigcommerce.com/stores/{store_hash}/v2/orders"
        self._http = requests.Session()
        self._http.headers.update({"X-Auth-Token": token, "Accept": "application/json"})
        self._sink = sink

    def run(self, state: SyncState) -> None:
        count = 0
        for order in self._modified_since(state.watermark):
            self._sink.upsert(str(order["id"]), order)
            count += 1
        state.watermark = datetime.now(timezone.utc)
        state.save()
        log.info("bigcommerce: %s orders", count)

    def _modified_since(self, since: datetime) -> Iterator[dict]:
        page = 1
        while True:
            response = self._http.get(
                self._url,
                params={
                    "min_date_modified": since.isoformat(),
                    "sort": "date_modified:asc",
                    "limit": PAGE_SIZE,
                    "page": page,
                },
                timeout=(3, 30),
            )
            if response.status_code == 204:
                return
            response.raise_for_status()
            batch = response.json()
            yield from batch
            if len(batch) < PAGE_SIZE:
                return
            page += 1
