import base64
import hashlib
import hmac
import logging

from flask import Blueprint, abort, current_app, request
from pydantic import BaseModel, ValidationError

from app.tasks import import_form_response

log = logging.getLogger(__name__)
bp = Blueprint("typeform", __name__)


class FormResponse(BaseModel):
    form_id: str
    token: str
    submitted_at: str
    answers: list[dict] = []


class TypeformEvent(BaseModel):
    event_id: str
    event_type: str
    form_response: FormResponse


def _signature_ok(body: bytes, header: str | None) -> bool:
    if not header:
        return False
    digest = hmac.new(
        current_app.config["TYPEFORM_WEBHOOK_SECRET"].encode(), body, hashlib.sha256
    ).digest()
    expected = "sha256=" + base64.b64encode(digest).decode()
    return hmac.compare_digest(expected.encode(), header.encode())


@bp.post("/webhooks/typeform")
def typeform_webhook():
    body = request.get_data(cache=True)
    if not _signature_ok(body, request.headers.get("Typeform-Signature")):
        log.warning("typeform webhook with bad signature from %s", request.remote_addr)
        abort(401)

    try:
        event = TypeformEvent.model_validate_json(body)
    except ValidationError as exc:
        log.error("typeform payload rejected: %s errors", exc.error_count())
        abort(422)

    if event.event_type != "form_response":
        return {"ignored": event.event_type}, 200

    # task id is the response token: a redelivery replaces nothing and runs into the unique index
    import_form_response.apply_async(
        kwargs={"response": event.form_response.model_dump()},
        task_id=f"typeform-{event.form_response.token}",
    )
    return {"queued": True}, 202
