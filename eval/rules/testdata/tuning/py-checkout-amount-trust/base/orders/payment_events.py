import logging

from django.db import transaction

from orders.models import Order, PaymentMismatch
from orders.schemas import PaymentCaptured
from orders.tasks import start_fulfilment

logger = logging.getLogger(__name__)


def apply_payment_captured(raw: dict) -> None:
    """Called by the inbox worker for each verified, de-duplicated razorpay event."""
    payment = PaymentCaptured.model_validate(raw).payload.payment.entity
    with transaction.atomic():
        order = Order.objects.select_for_update().get(gateway_order_id=payment.order_id)
        if order.status == Order.Status.PAID:
            return
        if (payment.amount, payment.currency) != (order.total_minor, order.currency):
            PaymentMismatch.objects.create(order=order, paid_minor=payment.amount, currency=payment.currency)
            logger.error("order %s: paid amount does not match", order.pk)
            return
        order.status = Order.Status.PAID
        order.payment_id = payment.id
        order.save(update_fields=["status", "payment_id"])
        transaction.on_commit(lambda: start_fulfilment.delay(order.pk))
    logger.info("order %s paid", order.pk)
