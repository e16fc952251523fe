import base64
import binascii
import logging

import requests
from flask import Blueprint, abort, current_app, request
from google.auth import exceptions as auth_exceptions
from google.auth.transport import requests as auth_requests
from google.oauth2 import id_token
from sqlalchemy import text

from receiver.db import engine

logger = logging.getLogger(__name__)
bp = Blueprint("push", __name__)

MAX_BODY = 1024 * 1024
_transport = auth_requests.Request(session=requests.Session())


def _bearer() -> str:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token if scheme == "Bearer" else ""


def _from_subscription() -> bool:
    try:
        claims = id_token.verify_oauth2_token(_bearer(), _transport, audience=current_app.config["PUSH_AUDIENCE"])
    except (ValueError, auth_exceptions.GoogleAuthError):
        return False
    return claims.get("email") == current_app.config["PUSH_ACCOUNT"]


@bp.post("/push/stock")
def stock():
    if request.content_length is None or request.content_length > MAX_BODY:
        abort(413)
    if not _from_subscription():
        abort(401)

    try:
        message = request.get_json()["message"]
        message_id = str(message["messageId"])
        data = base64.b64decode(message["data"], validate=True).decode("utf-8")
    except (KeyError, TypeError, UnicodeDecodeError, binascii.Error):
        abort(400)

    with engine.begin() as conn:
        fresh = conn.execute(
            text("INSERT INTO stock_inbox (message_id, body) VALUES (:id, :body) ON CONFLICT DO NOTHING"),
            {"id": message_id, "body": data},
        ).rowcount
    logger.info("stock message %s fresh=%d", message_id, fresh)
    return "", 204
