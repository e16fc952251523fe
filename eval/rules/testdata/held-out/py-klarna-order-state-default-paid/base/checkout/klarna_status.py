from __future__ import annotations

import logging

import requests
from django.conf import settings
from django.db import transaction

from checkout.models import Order, PaymentState
from fulfilment.services import release_for_shipping

logger = logging.getLogger(__name__)

STATES = {
    "AUTHORIZED": PaymentState.AUTHORIZED,
    "PART_CAPTURED": PaymentState.AUTHORIZED,
    "CAPTURED": PaymentState.PAID,
    "CANCELLED": PaymentState.CANCELLED,
}


class KlarnaUnavailable(Exception):
    pass


def _remote_status(klarna_order_id: str) -> str:
    try:
        response = requests.get(
            f"{settings.KLARNA_URL}/ordermanagement/v1/orders/{klarna_order_id}",
            auth=(settings.KLARNA_USER, settings.KLARNA_PASSWORD),
            timeout=(3, 15),
        )
        response.raise_for_status()
        return response.json()["status"]
    except (requests.RequestException, KeyError) as exc:
        raise KlarnaUnavailable(klarna_order_id) from exc


def refresh_payment(order_id: int) -> PaymentState:
    order = Order.objects.get(pk=order_id)
    status = _remote_status(order.klarna_order_id)
    state = STATES[status]

    with transaction.atomic():
        locked = Order.objects.select_for_update().get(pk=order_id)
        if locked.payment_state == state:
            return state
        locked.payment_state = state
        locked.save(update_fields=["payment_state"])
        if state is PaymentState.PAID:
            transaction.on_commit(lambda: release_for_shipping(order_id))
    logger.info("order %s is now %s (klarna: %s)", order.number, state, status)
    return state
