import asyncio
import logging
from collections.abc import Iterable

import httpx
from aiolimiter import AsyncLimiter

from crm.settings import settings

log = logging.getLogger(__name__)
ATTEMPTS = 4
MAX_WAIT = 30.0


class DealUnavailable(Exception):
    pass


class PipedriveDeals:
    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client
        self._limiter = AsyncLimiter(max_rate=8, time_period=1)

    @classmethod
    def connect(cls) -> "PipedriveDeals":
        return cls(
            httpx.AsyncClient(
                base_url=f"https://{settings.pipedrive_company}.pipedrive.com/api/v1",
                headers={"x-api-token": settings.pipedrive_token.get_secret_value()},
                timeout=httpx.Timeout(10.0, pool=60.0),
            )
        )

    async def many(self, ids: Iterable[int]) -> list[dict]:
        return await asyncio.gather(*(self.one(deal_id) for deal_id in ids))

    async def one(self, deal_id: int) -> dict:
        for attempt in range(1, ATTEMPTS + 1):
            async with self._limiter:
                response = await self._client.get(f"/deals/{deal_id}")
            if response.status_code == 429 and attempt < ATTEMPTS:
                wait = response.headers.get("Retry-After", "")
                delay = float(wait) if wait.isdigit() else 2.0**attempt
                log.info("pipedrive throttled, waiting %.0fs", min(delay, MAX_WAIT))
                await asyncio.sleep(min(delay, MAX_WAIT))
                continue
            if response.is_error:
                raise DealUnavailable(f"deal {deal_id}: status {response.status_code}")
            return response.json()["data"]
        raise DealUnavailable(f"deal {deal_id}: throttled")

    async def close(self) -> None:
        await self._client.aclose()
