import logging

import stripe
from celery import shared_task
from django.conf import settings
from django.db import transaction

from memberships.models import Renewal
from memberships.services import extend_membership

logger = logging.getLogger(__name__)
stripe.api_key = settings.STRIPE_SECRET_KEY


@shared_task(
    autoretry_for=(stripe.APIConnectionError, stripe.RateLimitError),
    retry_backoff=30,
    retry_jitter=True,
    max_retries=5,
    acks_late=True,
)
def charge_renewal(renewal_id: int) -> None:
    renewal = Renewal.objects.select_related("member").get(pk=renewal_id)
    if renewal.payment_intent_id:
        return

    try:
        intent = stripe.PaymentIntent.create(
            amount=renewal.amount_minor,
            currency=renewal.currency,
            customer=renewal.member.stripe_customer_id,
            payment_method=renewal.member.default_payment_method,
            off_session=True,
            confirm=True,
            metadata={"renewal": str(renewal.pk)},
        )
    except stripe.CardError as exc:
        logger.info("renewal %s declined: %s", renewal.pk, exc.code)
        renewal.mark_declined(exc.code)
        return

    with transaction.atomic():
        renewal.payment_intent_id = intent.id
        renewal.status = intent.status
        renewal.save(update_fields=["payment_intent_id", "status"])
        if intent.status == "succeeded":
            extend_membership(renewal.member, renewal.period)
