import logging
from datetime import UTC, datetime

import httpx

from sync.config import settings
from sync.models import DealRow
from sync.state import SyncState
from sync.store import upsert_deals

logger = logging.getLogger(__name__)


def sync_deals(state: SyncState) -> None:
    since = state.get("pipedrive.deals")
    total = 0
    cursor: str | None = None

    with httpx.Client(
        base_url="https://api.pipedrive.com/api/v2",
        headers={"x-api-token": settings.pipedrive_token},
        timeout=20.0,
        transport=httpx.HTTPTransport(retries=2),
    ) as client:
        while True:
            params = {"updated_since": since.strftime("%Y-%m-%dT%H:%M:%SZ"), "limit": "500"}
            if cursor:
                params["cursor"] = cursor
            response = client.get("/deals", params=params)
            response.raise_for_status()
            body = response.json()

            rows = [DealRow.model_validate(deal) for deal in body["data"]]
            upsert_deals(rows)
            total += len(rows)

            cursor = body.get("additional_data", {}).get("next_cursor")
            if not cursor:
                break

    state.set("pipedrive.deals", datetime.now(UTC))
    logger.info("%d deals synced since %s", total, since.isoformat())
