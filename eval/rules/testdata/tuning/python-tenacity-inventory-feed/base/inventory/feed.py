import logging
from dataclasses import dataclass

import httpx
from tenacity import retry, retry_if_exception, stop_after_attempt, wait_random_exponential

from inventory.config import FeedConfig

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class StockLine:
    sku: str
    warehouse: str
    quantity: int


def _transient(exc: BaseException) -> bool:
    if isinstance(exc, httpx.HTTPStatusError):
        return exc.response.status_code >= 500
    return isinstance(exc, httpx.TransportError)


class InventoryFeed:
    def __init__(self, config: FeedConfig) -> None:
        self._client = httpx.Client(
            base_url=config.base_url,
            headers={"X-Feed-Key": config.key},
            timeout=httpx.Timeout(5.0, read=20.0),
        )

    @retry(
        retry=retry_if_exception(_transient),
        stop=stop_after_attempt(5),
        wait=wait_random_exponential(multiplier=0.5, max=20),
        reraise=True,
    )
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
