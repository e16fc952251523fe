import base64
import binascii
import json
import logging

from flask import Flask, request

from refunds.service import refund_order

app = Flask(__name__)
app.config["MAX_CONTENT_LENGTH"] = 1024 * 1024
log = logging.getLogger("refunds.push")


@app.post("/pubsub/refunds")
def refunds():
    envelope = request.get_json(silent=True)
    if not envelope or "message" not in envelope:
        return "not a pub/sub message", 400
    message = envelope["message"]
    try:
        event = json.loads(base64.b64decode(message["data"]))
        order_id = str(event["order_id"])
        amount = int(event["amount_cents"])
    except (binascii.Error, ValueError, KeyError, TypeError):
        log.error("message %s is malformed and dropped", message.get("messageId"))
        return "", 204
    if amount <= 0:
        log.error("message %s has no positive amount", message["messageId"])
        return "", 204

    outcome = refund_order(order_id, amount, dedupe_key=message["messageId"])
    log.info("message %s: order %s %s", message["messageId"], order_id, outcome)
    return "", 204


@app.get("/healthz")
def healthz():
    return {"status": "ok"}
