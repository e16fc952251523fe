import logging
from datetime import datetime
from zoneinfo import ZoneInfo

import requests

from events.models import Event

logger = logging.getLogger(__name__)

API = "https://www.eventbriteapi.com/v3"
BERLIN = ZoneInfo("Europe/Berlin")
UTC_FORMAT = "%Y-%m-%dT%H:%M:%SZ"


def import_events(organization_id: str, token: str) -> int:
    headers = {"Authorization": f"Bearer {token}"}
    params = {"status": "live", "order_by": "start_asc"}
    imported = 0

    while True:
        response = requests.get(
            f"{API}/organizations/{organization_id}/events/", headers=headers, params=params, timeout=(5, 20)
        )
        response.raise_for_status()
        page = response.json()
        for item in page["events"]:
            starts_at = datetime.strptime(item["start"]["utc"], UTC_FORMAT).replace(tzinfo=BERLIN)
            ends_at = datetime.strptime(item["end"]["utc"], UTC_FORMAT).replace(tzinfo=BERLIN)
            Event.objects.update_or_create(
                eventbrite_id=item["id"],
                defaults={
                    "title": item["name"]["text"],
                    "starts_at": starts_at,
                    "ends_at": ends_at,
                    "url": item["url"],
                },
            )
            imported += 1

        if not page["pagination"]["has_more_items"]:
            break
        params["continuation"] = page["pagination"]["continuation"]

    logger.info("%d events imported", imported)
    return imported
