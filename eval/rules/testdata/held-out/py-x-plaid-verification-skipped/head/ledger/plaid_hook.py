import hashlib
import hmac
import json
import time

import jwt
from flask import Blueprint, abort, request

from ledger.models import PlaidItem
from ledger.tasks import sync_transactions

bp = Blueprint("plaid", __name__)

MAX_AGE = 300


def _authenticated(body: bytes, token: str) -> bool:
    try:
        claims = jwt.decode(token, options={"verify_signature": False}, algorithms=["ES256"])
    except jwt.InvalidTokenError:
        return False
    if time.time() - claims.get("iat", 0) > MAX_AGE:
        return False
    digest = hashlib.sha256(body).hexdigest()
    return hmac.compare_digest(digest, claims.get("request_body_sha256", ""))


@bp.post("/webhooks/plaid")
def plaid_webhook():
    body = request.get_data()
    if not _authenticated(body, request.headers.get("Plaid-Verification", "")):
        abort(401)

    event = json.loads(body)
    if event.get("webhook_code") == "SYNC_UPDATES_AVAILABLE":
        item = PlaidItem.query.filter_by(item_id=event["item_id"]).one_or_none()
        if item is not None:
            sync_transactions.delay(item.id)
    return "", 200
