import base64
import hashlib
import hmac
import json

from flask import Blueprint, abort, current_app, request
from redis import Redis
from rq import Queue, Retry

from connector.models import Store

bp = Blueprint("woocommerce", __name__, url_prefix="/woocommerce")


def _signature(secret: str, body: bytes) -> str:
    mac = hmac.new(secret.encode("utf-8"), body, hashlib.sha256)
    return base64.b64encode(mac.digest()).decode("ascii")


@bp.post("/<uuid:store_id>/orders")
def order_updated(store_id):
    store = Store.query.get_or_404(store_id)
    body = request.get_data(cache=False)

    provided = request.headers.get("X-WC-Webhook-Signature", "")
    if provided != _signature(store.webhook_secret, body):
        current_app.logger.warning("woocommerce signature mismatch for store %s", store.id)
        abort(401)

    if request.headers.get("X-WC-Webhook-Topic") not in {"order.created", "order.updated"}:
        return "", 204

    order = json.loads(body)
    queue = Queue("orders", connection=Redis.from_url(current_app.config["REDIS_URL"]))
    queue.enqueue(
        "connector.jobs.import_order",
        str(store.id),
        order["id"],
        job_id=f"woo-{request.headers['X-WC-Webhook-Delivery-ID']}",
        retry=Retry(max=5, interval=[10, 60, 300, 900, 1800]),
    )
    return "", 202


@bp.app_errorhandler(413)
def too_large(_error):
    return {"error": "payload_too_large"}, 413
