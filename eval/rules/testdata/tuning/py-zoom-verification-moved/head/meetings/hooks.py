from flask import Blueprint, abort, request
from pydantic import ValidationError

from meetings.inbox import inbox
from meetings.schemas import RecordingCompleted
from meetings.zoom_signature import signed_by_zoom

bp = Blueprint("zoom", __name__)


@bp.post("/zoom")
@signed_by_zoom
def zoom():
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
