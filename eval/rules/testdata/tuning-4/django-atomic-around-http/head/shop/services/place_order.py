import logging

from django.db import transaction

from shop.clients.fraud import FraudClient, FraudServiceError
from shop.models import Cart, Order, StockItem

logger = logging.getLogger(__name__)


class OutOfStock(Exception):
    pass


def _reserve(cart: Cart) -> None:
    items = StockItem.objects.select_for_update().filter(sku__in=cart.skus()).order_by("sku")
    for item in items:
        wanted = cart.quantity_of(item.sku)
        if item.available < wanted:
            raise OutOfStock(item.sku)
        item.available -= wanted
        item.save(update_fields=["available"])


def place_order(cart: Cart, *, fraud: FraudClient) -> Order:
    with transaction.atomic():
        _reserve(cart)
        order = Order.objects.create_from_cart(cart)
        try:
            score = fraud.score(cart.customer_id, cart.total_minor, cart.currency)
        except FraudServiceError:
            logger.exception("fraud service not available, order goes to review")
            score = None
        order.state = Order.State.ACCEPTED if score is not None and score < 60 else Order.State.REVIEW
        order.fraud_score = score
        order.save(update_fields=["state", "fraud_score"])
    logger.info("order %s placed, state %s", order.pk, order.state)
    return order
