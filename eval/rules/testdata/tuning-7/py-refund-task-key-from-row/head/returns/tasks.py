import logging

import stripe
from celery import shared_task
from django.conf import settings

from returns.models import Return

logger = logging.getLogger(__name__)

client = stripe.StripeClient(
    settings.STRIPE_SECRET_KEY,
    stripe_version="2024-06-20",
    max_network_retries=1,
)


@shared_task(
    acks_late=True,
    autoretry_for=(stripe.APIConnectionError, stripe.RateLimitError, stripe.APIError),
    retry_backoff=10,
    retry_backoff_max=900,
    max_retries=6,
)
def refund_return(return_id: int) -> None:
    item = Return.objects.select_related("payment").get(pk=return_id)
    if item.refund_id:
        return

    try:
        refund = client.refunds.create(
            params={
                "payment_intent": item.payment.intent_id,
                "amount": item.amount_minor,
                "metadata": {"return": str(item.pk)},
            },
            options={"idempotency_key": f"return-{item.pk}"},
        )
    except stripe.InvalidRequestError as exc:
        logger.error("return %s cannot be refunded: %s", item.pk, exc.code)
        item.mark_refused(exc.code or "invalid_request")
        return

    item.refund_id = refund.id
    item.save(update_fields=["refund_id"])
    logger.info("return %s refunded as %s", item.pk, refund.id)
