import base64
import hashlib
import hmac

from flask import Blueprint, abort, current_app, request

from surveys.store import save_response

bp = Blueprint("typeform", __name__, url_prefix="/hooks/typeform")


def _signature(raw: bytes) -> str:
    digest = hmac.new(current_app.config["TYPEFORM_SECRET"].encode(), raw, hashlib.sha256).digest()
    return "sha256=" + base64.b64encode(digest).decode()


@bp.before_request
def require_signature() -> None:
    given = request.headers.get("Typeform-Signature", "")
    if _signature(request.get_data()) != given:
        abort(401)


@bp.post("/responses")
def responses():
    body = request.get_json(silent=True) or {}
    if body.get("event_type") != "form_response":
        return "", 204

    answer = body.get("form_response") or {}
    form_id, token = answer.get("form_id"), answer.get("token")
    if not isinstance(form_id, str) or not isinstance(token, str):
        abort(422)

    # primary key is (form_id, token), a second delivery replaces the row
    save_response(
        form_id=form_id,
        token=token,
        submitted_at=answer.get("submitted_at"),
        answers=answer.get("answers") or [],
    )
    return "", 200
