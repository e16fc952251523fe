import base64
import hashlib
import hmac
import logging
import threading

from flask import Blueprint, abort, current_app, request
from pydantic import ValidationError

from forms.leads import LeadService
from forms.schemas import FormResponse

bp = Blueprint("typeform", __name__)
log = logging.getLogger(__name__)


def _signed(body: bytes) -> bool:
    key = current_app.config["TYPEFORM_SECRET"].encode()
    digest = base64.b64encode(hmac.new(key, body, hashlib.sha256).digest()).decode()
    return hmac.compare_digest(f"sha256={digest}", request.headers.get("Typeform-Signature", ""))


@bp.post("/typeform")
def typeform():
    body = request.get_data()
    if not _signed(body):
        abort(401)
    try:
        response = FormResponse.model_validate_json(body)
    except ValidationError:
        abort(422)

    service: LeadService = current_app.extensions["leads"]
    threading.Thread(target=_convert, args=(service, response), daemon=True).start()
    return "", 200


def _convert(service: LeadService, response: FormResponse) -> None:
    try:
        # upsert by response token
        service.upsert_from_form(response.token, response.answers)
    except Exception:
        log.exception("lead for form response %s failed", response.token)
