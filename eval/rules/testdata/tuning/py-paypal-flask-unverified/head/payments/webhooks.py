import logging

from flask import Blueprint, abort, current_app, request
from pydantic import ValidationError

from payments.inbox import Inbox
from payments.schemas import CaptureEvent

bp = Blueprint("paypal", __name__, url_prefix="/webhooks")
log = logging.getLogger(__name__)

TRANSMISSION_HEADERS = (
    "PAYPAL-TRANSMISSION-ID",
    "PAYPAL-TRANSMISSION-TIME",
    "PAYPAL-TRANSMISSION-SIG",
    "PAYPAL-CERT-URL",
    "PAYPAL-AUTH-ALGO",
)


@bp.post("/paypal")
def paypal():
    headers = {name: request.headers.get(name) for name in TRANSMISSION_HEADERS}
    if not all(headers.values()):
        abort(400)

    payload = request.get_json()
    try:
        event = CaptureEvent.model_validate(payload)
    except ValidationError:
        abort(422)

    inbox: Inbox = current_app.extensions["inbox"]
    stored = inbox.store_once("paypal", event.id, event.model_dump(mode="json"))
    log.info("paypal event %s stored=%s", event.id, stored)
    return "", 200
