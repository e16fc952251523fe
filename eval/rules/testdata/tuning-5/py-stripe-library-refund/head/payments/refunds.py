import logging

import stripe

from payments.models import Payment, Refund

logger = logging.getLogger(__name__)


class RefundRefused(Exception):
    pass


def request_refund(payment: Payment, request_id: str, amount_cents: int, reason: str) -> Refund:
    if not 0 < amount_cents <= payment.refundable_cents:
        raise RefundRefused("amount out of range")

    refund, _ = Refund.objects.get_or_create(
        request_id=request_id,
        defaults={"payment": payment, "amount_cents": amount_cents, "reason": reason},
    )
    if refund.payment_id != payment.pk or refund.amount_cents != amount_cents:
        raise RefundRefused("request id was used for another refund")
    if refund.stripe_id:
        return refund

    try:
        created = stripe.Refund.create(
            payment_intent=payment.intent_id,
            amount=amount_cents,
            metadata={"refund": str(refund.pk)},
            idempotency_key=f"refund-{refund.pk}",
        )
    except stripe.InvalidRequestError as exc:
        logger.warning("stripe refused refund %s: %s", refund.pk, exc.code)
        raise RefundRefused(exc.code or "refused") from exc

    refund.stripe_id = created.id
    refund.status = created.status
    refund.save(update_fields=["stripe_id", "status"])
    logger.info("refund %s is %s", refund.pk, created.status)
    return refund
