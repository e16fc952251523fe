from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from datetime import datetime

import requests

logger = logging.getLogger(__name__)

ENDPOINT = "https://sellingpartnerapi-eu.amazon.com/orders/v0/orders"
MAX_THROTTLED = 6


class AmazonOrders:
    def __init__(self, access_token: Callable[[], str], marketplace_id: str) -> None:
        self._access_token = access_token
        self._marketplace_id = marketplace_id

    def updated_since(self, since: datetime) -> Iterator[dict]:
        params = {"MarketplaceIds": self._marketplace_id, "LastUpdatedAfter": since.isoformat(), "MaxResultsPerPage": "100"}
        while True:
            payload = self._page(params)
            yield from payload["Orders"]
            next_token = payload.get("NextToken")
            if not next_token:
                return
            logger.info("continue with page token %s…", next_token[:12])
            params = {"MarketplaceIds": self._marketplace_id, "NextToken": next_token}

    def _page(self, params: dict[str, str]) -> dict:
        for attempt in range(MAX_THROTTLED):
            response = requests.get(
                ENDPOINT,
                params=params,
                headers={"x-amz-access-token": self._access_token()},
                timeout=(5, 30),
            )
            if response.status_code != 429:
                response.raise_for_status()
                return response.json()["payload"]
            rate = float(response.headers.get("x-amzn-RateLimit-Limit", "0.0167"))
            time.sleep(min(1 / rate, 60) + attempt)
        raise RuntimeError("amazon throttled the order pages for too long")
