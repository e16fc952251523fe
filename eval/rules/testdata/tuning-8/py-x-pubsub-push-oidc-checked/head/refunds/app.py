import base64
import json
import logging

from flask import Flask, request

from refunds.push_auth import from_subscription
from refunds.service import refund_order

app = Flask(__name__)
app.config["MAX_CONTENT_LENGTH"] = 1024 * 1024
log = logging.getLogger("refunds")


@app.post("/pubsub/refunds")
@from_subscription
def refunds():
    message = request.get_json()["message"]
    try:
        event = json.loads(base64.b64decode(message["data"]))
        order_id, amount = str(event["order_id"]), int(event["amount_cents"])
        if amount <= 0:
            raise ValueError("amount must be positive")
    except (ValueError, KeyError, TypeError):
        log.error("message %s is malformed and dropped", message["messageId"])
        return "", 204
    outcome = refund_order(order_id, amount, dedupe_key=message["messageId"])
    log.info("message %s: %s", message["messageId"], outcome)
    return "", 204
