import logging

import stripe
from celery import shared_task
from django.conf import settings

from payouts.models import PayoutLine

logger = logging.getLogger(__name__)

stripe.api_key = settings.STRIPE_SECRET_KEY
stripe.api_version = "2024-06-20"
stripe.max_network_retries = 2


@shared_task(
    bind=True,
    autoretry_for=(stripe.APIConnectionError, stripe.APIError),
    retry_backoff=10,
    retry_backoff_max=600,
    retry_jitter=True,
    max_retries=6,
)
def pay_out_line(self, line_id: int) -> None:
    line = PayoutLine.objects.select_related("partner").get(pk=line_id)
    if line.stripe_transfer_id:
        logger.info("payout line %s is already transferred", line_id)
        return

    try:
        transfer = stripe.Transfer.create(
            amount=line.amount_minor,
            currency=line.currency.lower(),
            destination=line.partner.stripe_account_id,
            transfer_group=f"payout_{line.payout_id}",
            metadata={"payout_line": line.pk},
            idempotency_key=f"payout-line-{line.pk}",
        )
    except stripe.InvalidRequestError as exc:
        logger.error("transfer for line %s refused: %s", line_id, exc.code)
        line.mark_failed(exc.code or "invalid_request")
        return

    line.stripe_transfer_id = transfer.id
    line.save(update_fields=["stripe_transfer_id"])
