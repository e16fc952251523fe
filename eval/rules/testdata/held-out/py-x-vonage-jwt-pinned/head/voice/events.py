import hashlib
import hmac
import json
import logging
import time

import jwt
from quart import Blueprint, abort, current_app, request

from voice.calls import record_call_event

bp = Blueprint("voice", __name__)
log = logging.getLogger("voice.events")


def _claims(token: str) -> dict:
    return jwt.decode(
        token,
        current_app.config["VONAGE_SIGNATURE_SECRET"],
        algorithms=["HS256"],
        issuer="Vonage",
        options={"require": ["iat", "iss", "jti"]},
    )


@bp.post("/vonage/events")
async def events():
    body = await request.get_data()
    try:
        claims = _claims(request.headers.get("Authorization", "").removeprefix("Bearer "))
    except jwt.InvalidTokenError:
        log.warning("vonage event with invalid token")
        abort(401)
    digest = hashlib.sha256(body).hexdigest()
    fresh = time.time() - claims["iat"] < 300
    if not fresh or not hmac.compare_digest(digest, claims.get("payload_hash", "")):
        abort(401)

    event = json.loads(body)
    await record_call_event(
        key=claims["jti"],
        conversation=event.get("conversation_uuid", ""),
        status=event.get("status", "unknown"),
        at=event.get("timestamp"),
    )
    return "", 204
