import hashlib
import hmac
import time

from flask import Blueprint, abort, current_app, request

from scheduling.tasks import sync_invitee

bp = Blueprint("calendly", __name__, url_prefix="/hooks/calendly")

TOLERANCE = 180


def _parts(header: str) -> dict[str, str]:
    return dict(item.split("=", 1) for item in header.split(",") if "=" in item)


@bp.before_request
def check_signature() -> None:
    parts = _parts(request.headers.get("Calendly-Webhook-Signature", ""))
    timestamp, received = parts.get("t", ""), parts.get("v1", "")
    if not timestamp.isdigit() or abs(time.time() - int(timestamp)) > TOLERANCE:
        abort(400)

    signed = timestamp.encode() + b"." + request.get_data(cache=True)
    computed = hmac.new(
        current_app.config["CALENDLY_SIGNING_KEY"].encode(), signed, hashlib.sha256
    ).hexdigest()
    if not hmac.compare_digest(computed, received):
        abort(401)


@bp.post("/invitees")
def invitee_changed():
    body = request.get_json()
    event = body.get("event")
    uri = (body.get("payload") or {}).get("uri", "")
    if event not in {"invitee.created", "invitee.canceled"}:
        return "", 204
    if not uri.startswith("https://api.calendly.com/scheduled_events/"):
        abort(422)

    # the task reads the current state from Calendly and upserts it
    sync_invitee.delay(uri)
    return "", 202
