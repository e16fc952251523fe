from __future__ import annotations

from typing import Any

from orders.models import Order, OrderLine

SCHEMA_VERSION = "v1"


def _line(line: OrderLine) -> dict[str, Any]:
    return {
        "sku": line.sku,
        "quantity": line.quantity,
        "unit_price_cents": line.unit_price_minor,
    }


def order_paid_payload(order: Order) -> dict[str, Any]:
    """Body of the ``order.paid`` webhook, documented at developers.shopfront.example/v1."""
    return {
        "schema": SCHEMA_VERSION,
        "type": "order.paid",
        "order_id": str(order.public_id),
        "customerId": str(order.customer.public_id),
        "total": str(order.total),
        "currency": order.currency,
        "paid_at": order.paid_at.isoformat(),
        "lines": [_line(line) for line in order.lines.all()],
    }


def order_cancelled_payload(order: Order) -> dict[str, Any]:
    return {
        "schema": SCHEMA_VERSION,
        "type": "order.cancelled",
        "order_id": str(order.public_id),
        "cancelled_at": order.cancelled_at.isoformat(),
        "reason": order.cancel_reason or "unspecified",
    }
