import logging
import time
from collections.abc import Iterator

import requests

log = logging.getLogger("shipstation")

API = "https://ssapi.shipstation.com"
MAX_WAITS = 5


class ShipStation:
    def __init__(self, key: str, secret: str) -> None:
        self._session = requests.Session()
        self._session.auth = (key, secret)

    def _get(self, path: str, params: dict) -> dict:
        for _ in range(MAX_WAITS):
            response = self._session.get(API + path, params=params, timeout=30)
            if response.status_code == 429:
                pause = int(response.headers.get("X-Rate-Limit-Reset", "10"))
                log.warning("shipstation limit reached, waiting %ss", pause)
                time.sleep(min(pause, 60) + 1)
                continue
            response.raise_for_status()
            return response.json()
        raise RuntimeError(f"shipstation still limited after {MAX_WAITS} waits: {path}")

    def orders(self, modified_from: str, modified_to: str) -> Iterator[dict]:
        page, pages = 1, 1
        while page <= pages:
            body = self._get(
                "/orders",
                {
                    "modifyDateStart": modified_from,
                    "modifyDateEnd": modified_to,
                    "pageSize": 500,
                    "page": page,
                    "sortBy": "OrderDate",
                },
            )
            yield from body["orders"]
            pages = body["pages"]
            page += 1
