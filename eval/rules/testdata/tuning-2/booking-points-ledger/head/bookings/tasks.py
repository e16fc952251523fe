import random

from celery import shared_task
from celery.utils.log import get_task_logger
from django.db import IntegrityError, OperationalError, transaction
from django.db.models import F

from bookings.models import Guest, LedgerEntry, SeenEvent

log = get_task_logger(__name__)


@shared_task(bind=True, acks_late=True, max_retries=8)
def apply_payment(self, event_id: str, guest_id: int, payment_id: str, amount_minor: int) -> str:
    """Started by the Square view with transaction.on_commit after the event was stored."""
    try:
        with transaction.atomic():
            SeenEvent.objects.create(source="square", event_id=event_id)
            LedgerEntry.objects.create(guest_id=guest_id, payment_id=payment_id, amount_minor=amount_minor)
            Guest.objects.filter(pk=guest_id).update(paid_minor=F("paid_minor") + amount_minor)
    except IntegrityError:
        if not SeenEvent.objects.filter(source="square", event_id=event_id).exists():
            # not the duplicate but, say, an unknown guest
            raise
        log.info("event %s had been applied", event_id)
        return "duplicate"
    except OperationalError as exc:
        delay = min(15 * 2**self.request.retries, 900) + random.randint(0, 10)
        raise self.retry(exc=exc, countdown=delay)
    return "applied"
