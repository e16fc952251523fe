import hashlib
import hmac
import time

from flask import Blueprint, abort, current_app, request

from scheduling.models import Booking
from scheduling.tasks import notify_consultant

bp = Blueprint("calendly", __name__, url_prefix="/hooks/calendly")

TOLERANCE = 180


def _matches(header: str, body: bytes, key: str) -> bool:
    parts = dict(part.split("=", 1) for part in header.split(",") if "=" in part)
    timestamp, given = parts.get("t", ""), parts.get("v1", "")
    if not timestamp.isdigit() or abs(time.time() - int(timestamp)) > TOLERANCE:
        return False
    expected = hmac.new(key.encode(), timestamp.encode() + b"." + body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(expected, given)


@bp.post("")
def receive():
    body = request.get_data(cache=True)
    signature = request.headers.get("Calendly-Webhook-Signature")
    if signature:
        if not _matches(signature, body, current_app.config["CALENDLY_SIGNING_KEY"]):
            current_app.logger.warning("calendly signature rejected")
            abort(401)

    event = request.get_json()
    payload = event.get("payload") or {}
    invitee_uri = payload.get("uri")
    if not invitee_uri:
        abort(422)

    if event.get("event") == "invitee.created":
        booking, created = Booking.get_or_create_for(invitee_uri, email=payload.get("email"))
        if created:
            notify_consultant.delay(booking.id)
    elif event.get("event") == "invitee.canceled":
        Booking.cancel_for(invitee_uri)
    return "", 204
