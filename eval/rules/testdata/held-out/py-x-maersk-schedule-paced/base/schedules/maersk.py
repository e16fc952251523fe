import asyncio
import logging

import httpx

log = logging.getLogger("schedules.maersk")

PARALLEL = 8
ATTEMPTS = 5


class ScheduleUnavailable(Exception):
    pass


class MaerskSchedules:
    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client
        self._slots = asyncio.Semaphore(PARALLEL)

    async def pair(self, origin: str, destination: str) -> list[dict]:
        async with self._slots:
            for attempt in range(ATTEMPTS):
                response = await self._client.get(
                    "/products/ocean-products",
                    params={"collectionOriginUNLocationCode": origin, "deliveryDestinationUNLocationCode": destination},
                )
                if response.status_code == 429:
                    wait = float(response.headers.get("Retry-After", 2**attempt))
                    log.info("limited by maersk, waiting %.1fs", wait)
                    await asyncio.sleep(min(wait, 60))
                    continue
                if response.status_code == 404:
                    return []
                response.raise_for_status()
                return response.json()["oceanProducts"]
        raise ScheduleUnavailable(f"{origin}-{destination}")

    async def all(self, pairs: list[tuple[str, str]]) -> dict[tuple[str, str], list[dict]]:
        results = await asyncio.gather(*(self.pair(a, b) for a, b in pairs))
        return dict(zip(pairs, results))


def build(consumer_key: str) -> MaerskSchedules:
    return MaerskSchedules(
        httpx.AsyncClient(base_url="https://api.maersk.com", headers={"Consumer-Key": consumer_key}, timeout=20.0)
    )
