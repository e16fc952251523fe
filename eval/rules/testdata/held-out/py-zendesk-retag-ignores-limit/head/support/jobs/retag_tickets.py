import logging
from collections.abc import Iterable

import httpx

from support.config import settings

logger = logging.getLogger(__name__)


def retag(ticket_ids: Iterable[int], tag: str) -> tuple[int, list[int]]:
    """Adds a tag to some ten thousand tickets. Returns how many were changed, and the ones that were not."""
    changed = 0
    failed: list[int] = []
    with httpx.Client(
        base_url=f"https://{settings.zendesk_subdomain}.zendesk.com",
        auth=(f"{settings.zendesk_user}/token", settings.zendesk_token),
        timeout=httpx.Timeout(15.0, connect=5.0),
    ) as client:
        for ticket_id in ticket_ids:
            try:
                response = client.put(
                    f"/api/v2/tickets/{ticket_id}/tags.json", json={"tags": [tag]}
                )
                response.raise_for_status()
            except httpx.HTTPStatusError as exc:
                logger.warning("ticket %s: status %s", ticket_id, exc.response.status_code)
                failed.append(ticket_id)
                continue
            except httpx.TransportError as exc:
                logger.warning("ticket %s: %s", ticket_id, type(exc).__name__)
                failed.append(ticket_id)
                continue
            changed += 1

    logger.info("tag %s: %d changed, %d failed", tag, changed, len(failed))
    return changed, failed
