import asyncio
import logging
import random
from collections.abc import Sequence

import aiohttp
from aiolimiter import AsyncLimiter

from crm_jobs.guests import Guest

logger = logging.getLogger(__name__)

URL = "https://api.attio.com/v2/objects/people/records"
ATTEMPTS = 5

limiter = AsyncLimiter(20, 1)


class AttioError(Exception):
    pass


async def _assert_person(session: aiohttp.ClientSession, guest: Guest) -> None:
    body = {"data": {"values": {"email_addresses": [guest.email], "name": [guest.attio_name()]}}}
    for attempt in range(1, ATTEMPTS + 1):
        async with limiter, session.put(URL, params={"matching_attribute": "email_addresses"}, json=body) as response:
            if response.ok:
                return
            if response.status != 429 and response.status < 500:
                raise AttioError(f"guest {guest.id} refused with {response.status}")
            after = response.headers.get("Retry-After", "")
            wait = float(after) if after.isdigit() else 2.0**attempt
        await asyncio.sleep(min(wait, 60) + random.uniform(0, 0.5))
    raise AttioError(f"guest {guest.id} not written after {ATTEMPTS} attempts")


async def upsert_all(guests: Sequence[Guest], token: str) -> int:
    gate = asyncio.Semaphore(10)
    failed = 0

    async with aiohttp.ClientSession(
        headers={"Authorization": f"Bearer {token}"}, timeout=aiohttp.ClientTimeout(total=15)
    ) as session:

        async def one(guest: Guest) -> None:
            nonlocal failed
            async with gate:
                try:
                    await _assert_person(session, guest)
                except (AttioError, aiohttp.ClientError, TimeoutError):
                    failed += 1
                    logger.exception("guest %s not in attio", guest.id)

        await asyncio.gather(*(one(guest) for guest in guests))
    return failed
