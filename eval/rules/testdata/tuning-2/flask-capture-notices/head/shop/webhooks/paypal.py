"""Capture notifications from PayPal."""
import re
from decimal import Decimal, InvalidOperation

from flask import Blueprint, abort, current_app, request
from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert

from shop.db import engine
from shop.models import orders, webhook_events

bp = Blueprint("paypal_webhooks", __name__)

_EVENT_ID = re.compile(r"^WH-[A-Z0-9-]{10,60}$")


def _capture(event):
    """Return (order reference, amount, currency) or abort with 422."""
    try:
        resource = event["resource"]
        amount = Decimal(resource["amount"]["value"])
        return str(resource["custom_id"]), amount, str(resource["amount"]["currency_code"])
    except (KeyError, TypeError, InvalidOperation):
        abort(422)


@bp.post("/webhooks/paypal")
def paypal_webhook():
    event = request.get_json(silent=True)
    if not isinstance(event, dict) or not _EVENT_ID.match(str(event.get("id", ""))):
        abort(400)
    if event.get("event_type") != "PAYMENT.CAPTURE.COMPLETED":
        return "", 204

    order_ref, amount, currency = _capture(event)
    with engine.begin() as conn:
        fresh = conn.execute(
            insert(webhook_events)
            .values(source="paypal", event_id=event["id"])
            .on_conflict_do_nothing(index_elements=["source", "event_id"])
        ).rowcount
        if fresh:
            changed = conn.execute(
                update(orders)
                .where(orders.c.ref == order_ref)
                .where(orders.c.total == amount)
                .where(orders.c.currency == currency)
                .values(status="paid")
            ).rowcount
            current_app.logger.info("paypal capture: %d order changed", changed)
    return "", 204
