import logging

import redis
from celery import shared_task
from django.conf import settings
from django.db import DatabaseError, transaction

from loyalty.models import Account, PointEntry

logger = logging.getLogger(__name__)
kv = redis.Redis.from_url(settings.REDIS_URL, socket_timeout=2, socket_connect_timeout=2)

SLOT_SECONDS = 24 * 3600


def points_for(amount_minor: int) -> int:
    return amount_minor // 100


@shared_task(bind=True, max_retries=6, acks_late=True)
def award_points(self, event_id: str, customer_id: str, payment_id: str, amount_minor: int) -> None:
    """Called by the Square webhook view after the signature check."""
    slot = f"square:event:{event_id}"
    if not kv.set(slot, self.request.id, nx=True, ex=SLOT_SECONDS):
        logger.info("event %s was taken before", event_id)
        return

    try:
        with transaction.atomic():
            account = Account.objects.select_for_update().get(square_customer=customer_id)
            PointEntry.objects.create(account=account, payment_id=payment_id, points=points_for(amount_minor))
            account.balance += points_for(amount_minor)
            account.save(update_fields=["balance"])
    except DatabaseError as exc:
        logger.warning("points for event %s failed: %s", event_id, type(exc).__name__)
        raise self.retry(exc=exc, countdown=min(2 ** self.request.retries * 5, 300))
