import base64
import hashlib
import hmac
import json

from flask import Blueprint, abort, current_app, request

from onboarding.extensions import db
from onboarding.models import Contract

bp = Blueprint("docusign", __name__, url_prefix="/hooks/docusign")


def _signature_ok(body: bytes) -> bool:
    key = current_app.config["DOCUSIGN_CONNECT_KEY"].encode()
    expected = base64.b64encode(hmac.new(key, body, hashlib.sha256).digest()).decode()
    for index in range(1, 11):
        header = request.headers.get(f"X-DocuSign-Signature-{index}")
        if header is None:
            return False
        if header == expected:
            return True
    return False


@bp.post("")
def envelope_event():
    body = request.get_data()
    if not _signature_ok(body):
        current_app.logger.warning("docusign signature refused")
        abort(401)

    try:
        event = json.loads(body)
        envelope_id = event["data"]["envelopeId"]
        kind = event["event"]
    except (ValueError, KeyError, TypeError):
        abort(400)

    if kind == "envelope-completed":
        contract = db.session.scalar(db.select(Contract).filter_by(envelope_id=envelope_id).with_for_update())
        if contract is None:
            current_app.logger.info("envelope %s is not ours", envelope_id)
        elif contract.signed_at is None:
            contract.mark_signed(event.get("generatedDateTime"))
            db.session.commit()
    return "", 204
