import logging

import redis
from flask import Blueprint, abort, current_app, jsonify, request
from rq import Queue, Retry
from slack_sdk.signature import SignatureVerifier

from assistant.answers import answer_mention

bp = Blueprint("slack_events", __name__)
log = logging.getLogger("assistant.events")

DAY = 86400


def _redis() -> redis.Redis:
    return current_app.extensions["redis"]


@bp.before_request
def verify() -> None:
    verifier = SignatureVerifier(current_app.config["SLACK_SIGNING_SECRET"])
    if not verifier.is_valid_request(request.get_data(), dict(request.headers)):
        abort(401)


@bp.post("/slack/events")
def events():
    body = request.get_json()
    if body.get("type") == "url_verification":
        return jsonify(challenge=body["challenge"])
    event = body.get("event", {})
    if event.get("type") != "app_mention" or event.get("bot_id"):
        return "", 200

    key = f"slack:event:{body['event_id']}"
    if not _redis().set(key, 1, nx=True, ex=DAY):
        log.info("slack event %s came again", body["event_id"])
        return "", 200
    try:
        Queue("assistant", connection=_redis()).enqueue(
            answer_mention, event["channel"], event["ts"], event["text"], retry=Retry(max=3, interval=[10, 30, 90])
        )
    except redis.RedisError:
        _redis().delete(key)
        raise
    return "", 200
