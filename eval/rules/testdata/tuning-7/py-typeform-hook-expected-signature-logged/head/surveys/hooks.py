import base64
import hashlib
import hmac
import json
import logging

from flask import Blueprint, abort, current_app, request

from surveys.store import save_response

log = logging.getLogger(__name__)
bp = Blueprint("typeform", __name__)


def _check_signature(body: bytes, header: str) -> None:
    secret = current_app.config["TYPEFORM_SECRET"].encode()
    digest = hmac.new(secret, body, hashlib.sha256).digest()
    expected = "sha256=" + base64.b64encode(digest).decode()
    if not hmac.compare_digest(expected.encode(), header.encode()):
        log.warning(
            "typeform signature mismatch: got %r, expected %r (body of %d bytes)",
            header,
            expected,
            len(body),
        )
        abort(401)


@bp.post("/hooks/typeform")
def typeform_hook():
    body = request.get_data()
    _check_signature(body, request.headers.get("Typeform-Signature", ""))

    try:
        payload = json.loads(body)
        answer = payload["form_response"]
        token, form_id = answer["token"], answer["form_id"]
        answers = answer["answers"]
    except (ValueError, KeyError, TypeError):
        abort(422)

    # unique on the response token, a second delivery changes nothing
    created = save_response(form_id=form_id, token=token, answers=answers)
    log.info("response to form %s received (new=%s)", form_id, created)
    return "", 204
