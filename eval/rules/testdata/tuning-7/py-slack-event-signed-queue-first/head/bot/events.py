import json

from flask import Blueprint, abort, current_app, jsonify, request
from slack_sdk.signature import SignatureVerifier

from bot.queue import enqueue

bp = Blueprint("slack_events", __name__)


@bp.post("/slack/events")
def slack_events():
    verifier = SignatureVerifier(current_app.config["SLACK_SIGNING_SECRET"])
    body = request.get_data()
    if not verifier.is_valid_request(body, dict(request.headers)):
        abort(401)

    try:
        envelope = json.loads(body)
        kind = envelope["type"]
    except (ValueError, KeyError, TypeError):
        abort(400)

    if kind == "url_verification":
        return jsonify(challenge=envelope.get("challenge", ""))
    if kind != "event_callback":
        return "", 200

    enqueue("slack-event", envelope["event"], job_id=f"slack-{envelope['event_id']}")
    return "", 200
