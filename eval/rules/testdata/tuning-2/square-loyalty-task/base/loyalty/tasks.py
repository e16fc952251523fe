import logging

from celery import shared_task
from django.db import DatabaseError, transaction

from loyalty.models import Account, PointEntry, SquareEvent

logger = logging.getLogger(__name__)


def points_for(amount_minor: int) -> int:
    return amount_minor // 100


@shared_task(bind=True, max_retries=6, acks_late=True)
def award_points(self, event_id: str, customer_id: str, payment_id: str, amount_minor: int) -> None:
    """Called by the Square webhook view after the signature check."""
    try:
        with transaction.atomic():
            _, fresh = SquareEvent.objects.get_or_create(event_id=event_id)
            if not fresh:
                return
            account = Account.objects.select_for_update().get(square_customer=customer_id)
            PointEntry.objects.create(account=account, payment_id=payment_id, points=points_for(amount_minor))
            account.balance += points_for(amount_minor)
            account.save(update_fields=["balance"])
    except DatabaseError as exc:
        logger.warning("points for event %s failed: %s", event_id, type(exc).__name__)
        raise self.retry(exc=exc, countdown=min(2 ** self.request.retries * 5, 300))
