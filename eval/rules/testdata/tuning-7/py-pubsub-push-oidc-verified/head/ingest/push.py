import base64
import binascii
import json
import logging

from flask import Blueprint, abort, current_app, request
from google.auth import exceptions as google_exceptions
from google.auth.transport import requests as google_requests
from google.oauth2 import id_token

from ingest.inventory import upsert_stock

log = logging.getLogger(__name__)
bp = Blueprint("push", __name__)
_transport = google_requests.Request()


def _require_pubsub() -> None:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        abort(401)
    try:
        claims = id_token.verify_oauth2_token(
            token, _transport, audience=current_app.config["PUSH_AUDIENCE"]
        )
    except (ValueError, google_exceptions.GoogleAuthError):
        abort(401)
    if not claims.get("email_verified") or claims.get("email") != current_app.config["PUSH_ACCOUNT"]:
        abort(403)


@bp.post("/pubsub/stock-levels")
def stock_levels():
    _require_pubsub()
    try:
        message = request.get_json()["message"]
        level = json.loads(base64.b64decode(message["data"], validate=True))
        sku, quantity, version = str(level["sku"]), int(level["quantity"]), int(level["version"])
    except (KeyError, TypeError, ValueError, binascii.Error):
        log.exception("unreadable stock message, leaving it to the dead letter topic")
        return "", 422

    changed = upsert_stock(sku, quantity, only_if_newer_than=version)
    log.info("stock %s -> %d (version %d, changed=%s)", sku, quantity, version, changed)
    return "", 204
