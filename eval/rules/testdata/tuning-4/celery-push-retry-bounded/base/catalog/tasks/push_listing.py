import logging

import httpx
from celery import shared_task

from catalog.models import Listing
from catalog.settings import MARKETPLACE_TOKEN, MARKETPLACE_URL

logger = logging.getLogger(__name__)


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
    autoretry_for=(Exception,),
    max_retries=None,
    default_retry_delay=5,
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
    response.raise_for_status()
    listing.mark_pushed(response.json()["revision"])
    logger.info("listing %s pushed, attempt %s", listing.sku, self.request.retries + 1)
