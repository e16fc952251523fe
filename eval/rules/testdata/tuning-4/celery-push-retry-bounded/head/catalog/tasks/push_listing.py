import logging

import httpx
from celery import shared_task

from catalog.models import Listing
from catalog.settings import MARKETPLACE_TOKEN, MARKETPLACE_URL

logger = logging.getLogger(__name__)


class TransientMarketplaceError(Exception):
    pass


def _document(listing: Listing) -> dict:
    return {
        "sku": listing.sku,
        "title": listing.title[:120],
        "description": listing.description,
        "price": {"amount": listing.price_minor, "currency": listing.currency},
        "quantity": max(0, listing.available),
    }


@shared_task(
    bind=True,
    autoretry_for=(TransientMarketplaceError, httpx.TransportError),
    max_retries=7,
    retry_backoff=5,
    retry_backoff_max=900,
    retry_jitter=True,
    acks_late=True,
)
def push_listing(self, listing_id: int) -> None:
    listing = Listing.objects.get(pk=listing_id)
    response = httpx.put(
        f"{MARKETPLACE_URL}/v3/listings/{listing.sku}",
        json=_document(listing),
        headers={"Authorization": f"Bearer {MARKETPLACE_TOKEN}"},
        timeout=15,
    )
    if response.status_code == 429 or response.status_code >= 500:
        raise TransientMarketplaceError(f"marketplace answered {response.status_code}")
    response.raise_for_status()
    listing.mark_pushed(response.json()["revision"])
    logger.info("listing %s pushed, attempt %s", listing.sku, self.request.retries + 1)
