import base64
import binascii
import hashlib
import hmac
import logging
import time

from flask import Blueprint, abort, current_app, request

from notifications.inbox import store_once

log = logging.getLogger(__name__)
bp = Blueprint("resend", __name__)
TOLERANCE = 5 * 60


def verify(body: bytes, headers, secret: str) -> str:
    message_id = headers.get("svix-id", "")
    timestamp = headers.get("svix-timestamp", "")
    if not message_id or not timestamp.isdigit():
        raise ValueError("headers missing")
    if abs(time.time() - int(timestamp)) > TOLERANCE:
        raise ValueError("timestamp outside of tolerance")

    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{message_id}.{timestamp}.".encode() + body
    expected = hmac.new(key, signed, hashlib.sha256).digest()

    for entry in headers.get("svix-signature", "").split():
        version, _, encoded = entry.partition(",")
        if version != "v1":
            continue
        try:
            candidate = base64.b64decode(encoded, validate=True)
        except (binascii.Error, ValueError):
            continue
        if hmac.compare_digest(expected, candidate):
            return message_id
    raise ValueError("no matching signature")


@bp.post("/hooks/resend")
def resend_hook():
    body = request.get_data()
    try:
        message_id = verify(body, request.headers, current_app.config["RESEND_WEBHOOK_SECRET"])
    except ValueError as exc:
        log.warning("resend webhook refused: %s", exc)
        abort(401)
    store_once(source="resend", message_id=message_id, body=body)
    return "", 204
