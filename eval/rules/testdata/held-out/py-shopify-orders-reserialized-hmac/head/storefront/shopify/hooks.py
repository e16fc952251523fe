import base64
import hashlib
import hmac
import json
import logging

from flask import Blueprint, abort, current_app, request

from storefront.shopify.store import remember_delivery, was_delivered
from storefront.tasks import import_order

log = logging.getLogger(__name__)
bp = Blueprint("shopify_hooks", __name__)


def _signature_ok(payload: dict, header: str) -> bool:
    secret = current_app.config["SHOPIFY_API_SECRET"].encode()
    body = json.dumps(payload, separators=(",", ":")).encode()
    digest = hmac.new(secret, body, hashlib.sha256).digest()
    return hmac.compare_digest(base64.b64encode(digest), header.encode())


@bp.post("/shopify/orders/create")
def orders_create():
    payload = request.get_json(silent=True)
    if not isinstance(payload, dict):
        abort(400)
    if not _signature_ok(payload, request.headers.get("X-Shopify-Hmac-Sha256", "")):
        log.warning("shopify hook with bad hmac from %s", request.remote_addr)
        abort(401)

    order_id = payload.get("id")
    if not isinstance(order_id, int):
        abort(422)

    delivery = request.headers.get("X-Shopify-Webhook-Id", "")
    if was_delivered(delivery):
        return "", 200

    import_order.delay(shop=request.headers["X-Shopify-Shop-Domain"], order_id=order_id)
    remember_delivery(delivery)
    return "", 202
