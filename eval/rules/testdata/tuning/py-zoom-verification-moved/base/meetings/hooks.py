import hashlib
import hmac
import time

from flask import Blueprint, abort, current_app, request
from pydantic import ValidationError

from meetings.inbox import inbox
from meetings.schemas import RecordingCompleted

bp = Blueprint("zoom", __name__)


@bp.post("/zoom")
def zoom():
    stamp = request.headers.get("x-zm-request-timestamp", "")
    if not stamp.isdigit() or abs(time.time() - int(stamp)) > 300:
        abort(401)
    message = b"v0:" + stamp.encode() + b":" + request.get_data()
    mac = hmac.new(current_app.config["ZOOM_SECRET_TOKEN"].encode(), message, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(f"v0={mac}", request.headers.get("x-zm-signature", "")):
        abort(401)
    body = request.get_json()
    if body.get("event") != "recording.completed":
        return "", 204
    try:
        event = RecordingCompleted.model_validate(body)
    except ValidationError:
        abort(422)
    # unique (source, key)
    inbox.put_once("zoom", f"{event.payload.object.uuid}:{event.event_ts}", event.model_dump(mode="json"))
    return "", 202
