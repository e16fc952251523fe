import json
import logging

from flask import Blueprint, abort, current_app, request
from slack_sdk.signature import SignatureVerifier
from sqlalchemy.dialects.postgresql import insert

from standup.db import engine
from standup.schema import answers

logger = logging.getLogger(__name__)
bp = Blueprint("interactions", __name__, url_prefix="/slack")

MOODS = {"green", "yellow", "red"}
MAX_BODY = 64 * 1024


@bp.before_request
def only_slack():
    if request.content_length is None or request.content_length > MAX_BODY:
        abort(413)
    verifier = SignatureVerifier(current_app.config["SLACK_SIGNING_SECRET"])
    if not verifier.is_valid_request(request.get_data(), dict(request.headers)):
        abort(401)


@bp.post("/interactions")
def interactions():
    try:
        payload = json.loads(request.form["payload"])
        action = payload["actions"][0]
        mood = action["value"]
        user_id = payload["user"]["id"]
        day = payload["view"]["private_metadata"]
    except (KeyError, IndexError, ValueError, TypeError):
        abort(400)
    if action.get("action_id") != "standup_mood" or mood not in MOODS:
        return "", 200

    row = insert(answers).values(user_id=user_id, day=day, mood=mood)
    with engine.begin() as conn:
        conn.execute(
            row.on_conflict_do_update(index_elements=["user_id", "day"], set_={"mood": row.excluded.mood})
        )
    logger.info("mood stored for %s", day)
    return "", 200
