import logging
import uuid

import stripe
from celery import shared_task
from django.db import transaction

from payouts.models import Payout

logger = logging.getLogger(__name__)


def _reserve(payout_id: int) -> Payout | None:
    with transaction.atomic():
        payout = Payout.objects.select_for_update().get(pk=payout_id)
        if payout.status not in (Payout.Status.APPROVED, Payout.Status.SENDING):
            return None
        if payout.request_key is None:
            payout.request_key = uuid.uuid4()
        payout.status = Payout.Status.SENDING
        payout.save(update_fields=["request_key", "status"])
        return payout


@shared_task(bind=True, max_retries=8, acks_late=True)
def transfer(self, payout_id: int) -> None:
    payout = _reserve(payout_id)
    if payout is None:
        return
    try:
        created = stripe.Transfer.create(
            amount=payout.amount_cents,
            currency=payout.currency.lower(),
            destination=payout.seller.stripe_account_id,
            idempotency_key=f"payout-{payout.request_key}",
        )
    except (stripe.APIConnectionError, stripe.RateLimitError, stripe.APIError) as exc:
        raise self.retry(exc=exc, countdown=min(2**self.request.retries * 10, 900))
    except stripe.StripeError as exc:
        logger.error("payout %s refused: %s", payout.pk, exc.code)
        Payout.objects.filter(pk=payout.pk).update(status=Payout.Status.FAILED, failure_code=exc.code or "unknown")
        return
    Payout.objects.filter(pk=payout.pk).update(status=Payout.Status.SENT, stripe_transfer_id=created.id)
