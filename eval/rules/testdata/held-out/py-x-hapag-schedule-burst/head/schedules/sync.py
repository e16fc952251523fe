import asyncio
import logging

import httpx

from schedules.settings import Settings
from schedules.store import ScheduleStore

log = logging.getLogger("schedules")


async def fetch_pair(client: httpx.AsyncClient, origin: str, destination: str) -> list[dict]:
    response = await client.get(
        "/v2/point-to-point-routes",
        params={"placeOfReceipt": origin, "placeOfDelivery": destination},
    )
    if response.status_code != 200:
        log.warning("no schedule for %s-%s: %s", origin, destination, response.status_code)
        return []
    return response.json()


async def sync_all(settings: Settings, store: ScheduleStore, ports: list[str]) -> int:
    pairs = [(a, b) for a in ports for b in ports if a != b]
    async with httpx.AsyncClient(
        base_url="https://api.hlag.com/hlag/external",
        headers={"X-IBM-Client-Id": settings.client_id, "X-IBM-Client-Secret": settings.client_secret},
        timeout=30,
    ) as client:
        results = await asyncio.gather(*(fetch_pair(client, a, b) for a, b in pairs))

    total = 0
    for (origin, destination), routes in zip(pairs, results):
        if routes:
            await store.upsert(origin, destination, routes)
            total += len(routes)
    log.info("%d routes for %d pairs", total, len(pairs))
    return total
