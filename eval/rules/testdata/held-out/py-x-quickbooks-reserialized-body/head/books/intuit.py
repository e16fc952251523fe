import base64
import hashlib
import hmac
import json
import logging

from flask import Blueprint, abort, current_app, request

from books.tasks import pull_entity

bp = Blueprint("intuit", __name__)
log = logging.getLogger(__name__)


def signature_matches(payload: dict, header: str) -> bool:
    verifier = current_app.config["INTUIT_VERIFIER_TOKEN"]
    message = json.dumps(payload, separators=(",", ":")).encode()
    digest = hmac.new(verifier.encode(), message, hashlib.sha256).digest()
    return hmac.compare_digest(base64.b64encode(digest), header.encode())


@bp.post("/webhooks/intuit")
def intuit():
    payload = request.get_json()
    if not signature_matches(payload, request.headers.get("intuit-signature", "")):
        log.warning("intuit webhook rejected")
        abort(401)

    for notification in payload.get("eventNotifications", []):
        realm = notification["realmId"]
        for entity in notification["dataChangeEvent"]["entities"]:
            pull_entity.apply_async(
                args=[realm, entity["name"], entity["id"]],
                task_id=f"qbo-{realm}-{entity['name']}-{entity['id']}-{entity['lastUpdated']}",
            )
    return "", 200
