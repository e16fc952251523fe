import logging

from django.db import transaction

from orders.models import Order
from orders.tasks import start_fulfilment

logger = logging.getLogger(__name__)


def apply_payment_captured(raw: dict) -> None:
    """Called by the inbox worker for each verified, de-duplicated razorpay event."""
    payment = raw["payload"]["payment"]["entity"]
    with transaction.atomic():
        order = Order.objects.select_for_update().get(gateway_order_id=payment["order_id"])
        if order.status == Order.Status.PAID:
            return
        order.status = Order.Status.PAID
        order.payment_id = payment["id"]
        order.paid_minor = payment["amount"]
        order.save(update_fields=["status", "payment_id", "paid_minor"])
        transaction.on_commit(lambda: start_fulfilment.delay(order.pk))
    logger.info("order %s paid", order.pk)
