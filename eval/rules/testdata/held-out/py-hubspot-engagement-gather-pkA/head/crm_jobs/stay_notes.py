import asyncio
import logging
from datetime import UTC, date, datetime

import aiohttp

from crm_jobs.stays import Stay, departures
from crm_jobs.settings import HUBSPOT_TOKEN

logger = logging.getLogger(__name__)

NOTES = "https://api.hubapi.com/crm/v3/objects/notes"


async def add_note(session: aiohttp.ClientSession, stay: Stay) -> None:
    body = {
        "properties": {
            "hs_timestamp": datetime.now(UTC).isoformat(),
            "hs_note_body": f"Stayed at {stay.hotel_name} from {stay.arrival} to {stay.departure}",
        },
        "associations": [
            {
                "to": {"id": stay.hubspot_contact_id},
                "types": [{"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 202}],
            }
        ],
    }
    async with session.post(NOTES, json=body) as response:
        response.raise_for_status()


async def run(day: date) -> None:
    stays = [stay async for stay in departures(day)]  # 8 000 on a usual Sunday
    async with aiohttp.ClientSession(
        headers={"Authorization": f"Bearer {HUBSPOT_TOKEN}"},
        timeout=aiohttp.ClientTimeout(total=20),
        connector=aiohttp.TCPConnector(limit=0),
    ) as session:
        results = await asyncio.gather(*(add_note(session, stay) for stay in stays), return_exceptions=True)

    failures = [result for result in results if isinstance(result, BaseException)]
    logger.info("notes written: %d of %d", len(stays) - len(failures), len(stays))
    if failures:
        raise ExceptionGroup("notes not written", [f for f in failures if isinstance(f, Exception)])
