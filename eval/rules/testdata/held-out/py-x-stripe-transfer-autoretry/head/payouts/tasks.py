import logging

import stripe
from celery import shared_task
from django.conf import settings
from django.utils import timezone

from payouts.models import Payout

logger = logging.getLogger(__name__)

stripe.api_key = settings.STRIPE_SECRET_KEY


@shared_task(
    autoretry_for=(stripe.APIConnectionError, stripe.RateLimitError),
    retry_backoff=5,
    retry_backoff_max=600,
    retry_jitter=True,
    max_retries=6,
    acks_late=True,
)
def send_payout(payout_id: int) -> None:
    payout = Payout.objects.select_related("seller").get(pk=payout_id)
    if payout.status == Payout.Status.SENT:
        return

    transfer = stripe.Transfer.create(
        amount=payout.amount_cents,
        currency=payout.currency.lower(),
        destination=payout.seller.stripe_account_id,
        transfer_group=f"settlement-{payout.settlement_id}",
        metadata={"payout_id": str(payout.pk)},
    )
    payout.stripe_transfer_id = transfer.id
    payout.status = Payout.Status.SENT
    payout.sent_at = timezone.now()
    payout.save(update_fields=["stripe_transfer_id", "status", "sent_at"])
    logger.info("payout %s sent as %s", payout.pk, transfer.id)
