import logging

import stripe

from payments.models import Payment, Refund

logger = logging.getLogger(__name__)


class RefundRefused(Exception):
    pass


def refund_full(payment: Payment) -> str:
    created = stripe.Refund.create(
        payment_intent=payment.intent_id,
        idempotency_key=f"refund-full-{payment.pk}",
    )
    return created.id
