import logging
from dataclasses import dataclass

import httpx
from tenacity import retry

from inventory.config import FeedConfig

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class StockLine:
    sku: str
    warehouse: str
    quantity: int


class InventoryFeed:
    def __init__(self, config: FeedConfig) -> None:
        self._client = httpx.Client(
            base_url=config.base_url,
            headers={"X-Feed-Key": config.key},
            timeout=httpx.Timeout(5.0, read=20.0),
        )

    @retry
    def _fetch(self, warehouse: str) -> list[dict]:
        response = self._client.get(f"/warehouses/{warehouse}/stock")
        response.raise_for_status()
        return response.json()["lines"]

    def lines(self, warehouse: str) -> list[StockLine]:
        result = []
        for raw in self._fetch(warehouse):
            quantity = int(raw["qty"])
            if quantity < 0:
                log.warning("negative stock", extra={"sku": raw["sku"]})
                continue
            result.append(StockLine(raw["sku"], warehouse, quantity))
        return result
