import logging
from typing import Any

import aiohttp

from fulfilment.config import WarehouseConfig

logger = logging.getLogger(__name__)


class WarehouseUnavailable(Exception):
    pass


class WarehouseClient:
    def __init__(self, config: WarehouseConfig) -> None:
        self._config = config
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> "WarehouseClient":
        self._session = aiohttp.ClientSession(
            base_url=self._config.base_url,
            headers={"X-Api-Key": self._config.api_key.get_secret_value()},
            timeout=aiohttp.ClientTimeout(total=15, connect=3),
        )
        return self

    async def __aexit__(self, *exc_info: object) -> None:
        if self._session is not None:
            await self._session.close()

    async def stock(self, sku: str) -> int:
        data = await self._get("/v2/stock", params={"sku": sku})
        try:
            return int(data["available"])
        except (KeyError, TypeError, ValueError) as exc:
            raise WarehouseUnavailable("stock answer without a quantity") from exc

    async def _get(self, path: str, params: dict[str, str]) -> Any:
        assert self._session is not None
        try:
            async with self._session.get(path, params=params) as response:
                response.raise_for_status()
                return await response.json()
        except (aiohttp.ClientError, TimeoutError) as exc:
            logger.warning("warehouse %s failed: %s", path, exc)
            raise WarehouseUnavailable(path) from exc
