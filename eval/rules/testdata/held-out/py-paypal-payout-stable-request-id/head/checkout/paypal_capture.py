import logging
import uuid

import requests
from django.conf import settings
from django.db import transaction

from checkout.models import Order
from checkout.paypal_token import access_token

log = logging.getLogger(__name__)


class CaptureDeclined(Exception):
    pass


def _claim(order_id: int) -> Order:
    with transaction.atomic():
        order = Order.objects.select_for_update().get(pk=order_id)
        if not order.capture_request_id:
            order.capture_request_id = str(uuid.uuid4())
            order.save(update_fields=["capture_request_id"])
        return order


def capture(order_id: int) -> str:
    order = _claim(order_id)
    if order.capture_id:
        return order.capture_id

    response = requests.post(
        f"{settings.PAYPAL_BASE_URL}/v2/checkout/orders/{order.paypal_order_id}/capture",
        headers={
            "Authorization": f"Bearer {access_token()}",
            "PayPal-Request-Id": order.capture_request_id,
            "Content-Type": "application/json",
        },
        timeout=(4, 30),
    )
    if response.status_code == 422:
        log.info("capture of order %s declined", order.pk)
        raise CaptureDeclined(order.number)
    response.raise_for_status()

    captured = response.json()["purchase_units"][0]["payments"]["captures"][0]
    if captured["status"] == "DECLINED":
        raise CaptureDeclined(order.number)
    Order.objects.filter(pk=order.pk).update(
        capture_id=captured["id"], capture_status=captured["status"]
    )
    return captured["id"]
