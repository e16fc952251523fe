import logging

from celery import shared_task
from django.db import IntegrityError, OperationalError, transaction

from entitlements.models import HandledEvent, Licence

logger = logging.getLogger(__name__)


@shared_task(
    acks_late=True,
    autoretry_for=(OperationalError,),
    retry_backoff=2,
    retry_backoff_max=300,
    retry_jitter=True,
    max_retries=8,
)
def grant(event_id: str, customer_id: str, seats: int) -> bool:
    if not 0 < seats <= 10_000:
        raise ValueError(f"event {event_id}: {seats} seats")
    try:
        with transaction.atomic():
            HandledEvent.objects.create(event_id=event_id)  # primary key
            Licence.objects.update_or_create(customer_id=customer_id, defaults={"seats": seats, "active": True})
    except IntegrityError:
        if HandledEvent.objects.filter(event_id=event_id).exists():
            logger.info("event %s was handled before", event_id)
            return False
        raise
    return True
