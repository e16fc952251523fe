import logging
from types import TracebackType
from typing import Any, Self

import aiohttp

log = logging.getLogger(__name__)

MAX_ATTEMPTS = 5


class ZohoError(Exception):
    def __init__(self, status: int, path: str) -> None:
        super().__init__(f"zoho answered {status} for {path}")
        self.status = status


class ZohoClient:
    def __init__(self, base_url: str, token: str) -> None:
        self._session = aiohttp.ClientSession(
            base_url=base_url,
            headers={"Authorization": f"Zoho-oauthtoken {token}"},
            timeout=aiohttp.ClientTimeout(total=20, connect=5),
        )

    async def get(self, path: str, **params: str | int) -> Any:
        for attempt in range(1, MAX_ATTEMPTS + 1):
            async with self._session.get(path, params=params) as response:
                if response.status == 429:
                    log.info("throttled on %s, attempt %d", path, attempt)
                    continue
                if response.status >= 400:
                    raise ZohoError(response.status, path)
                return await response.json()
        raise ZohoError(429, path)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        await self._session.close()
