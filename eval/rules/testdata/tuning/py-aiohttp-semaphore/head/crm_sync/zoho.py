import asyncio
import logging
import random
from typing import Any

import aiohttp

log = logging.getLogger(__name__)

MAX_ATTEMPTS = 5
MAX_WAIT = 60.0


class ZohoError(Exception):
    def __init__(self, status: int, path: str) -> None:
        super().__init__(f"zoho answered {status} for {path}")
        self.status = status


def _delay(response: aiohttp.ClientResponse, attempt: int) -> float:
    advised = response.headers.get("Retry-After", "")
    if advised.isdigit():
        return min(float(advised), MAX_WAIT) + random.uniform(0, 0.5)
    return random.uniform(0.5, min(MAX_WAIT, 2.0**attempt))


class ZohoClient:
    """The session is created at start-up with ClientTimeout(total=20, connect=5)."""

    def __init__(self, session: aiohttp.ClientSession, parallel: int = 4) -> None:
        self._session = session
        self._slots = asyncio.Semaphore(parallel)

    async def get(self, path: str, **params: str | int) -> Any:
        for attempt in range(1, MAX_ATTEMPTS + 1):
            async with self._session.get(path, params=params) as response:
                if response.status not in (429, 503):
                    if response.status >= 400:
                        raise ZohoError(response.status, path)
                    return await response.json()
                delay = _delay(response, attempt)
            log.info("throttled on %s, waiting %.1fs", path, delay)
            await asyncio.sleep(delay)
        raise ZohoError(429, path)

    async def records(self, module: str, ids: list[str]) -> dict[str, Any]:
        async def one(record_id: str) -> tuple[str, Any]:
            async with self._slots:
                return record_id, await self.get(f"/crm/v6/{module}/{record_id}")

        found: dict[str, Any] = {}
        for start in range(0, len(ids), 200):
            found.update(await asyncio.gather(*(one(record_id) for record_id in ids[start : start + 200])))
        return found
