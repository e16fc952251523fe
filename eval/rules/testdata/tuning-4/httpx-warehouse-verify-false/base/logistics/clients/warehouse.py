from __future__ import annotations

import logging
from dataclasses import dataclass

import httpx

from logistics.settings import settings

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class StockLevel:
    sku: str
    available: int
    reserved: int


class WarehouseUnavailable(Exception):
    pass


class WarehouseClient:
    def __init__(self) -> None:
        self._client = httpx.Client(
            base_url=settings.warehouse_url,
            auth=(settings.warehouse_user, settings.warehouse_password),
            timeout=httpx.Timeout(10.0, connect=3.0),
            transport=httpx.HTTPTransport(retries=2),
        )

    def stock(self, skus: list[str]) -> list[StockLevel]:
        try:
            response = self._client.post("/stock/query", json={"skus": skus})
            response.raise_for_status()
        except httpx.HTTPStatusError as exc:
            logger.error("warehouse answered %s", exc.response.status_code)
            raise WarehouseUnavailable from exc
        except httpx.TransportError as exc:
            raise WarehouseUnavailable from exc
        levels = response.json()["levels"]
        return [
            StockLevel(sku=x["sku"], available=int(x["available"]), reserved=int(x["reserved"]))
            for x in levels
        ]

    def close(self) -> None:
        self._client.close()
