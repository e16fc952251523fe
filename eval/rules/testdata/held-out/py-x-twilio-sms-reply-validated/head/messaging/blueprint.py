import logging

from flask import Blueprint, abort, current_app, request
from twilio.request_validator import RequestValidator

log = logging.getLogger("messaging.twilio")

bp = Blueprint("twilio", __name__, url_prefix="/twilio")


@bp.before_request
def only_twilio() -> None:
    validator = RequestValidator(current_app.config["TWILIO_AUTH_TOKEN"])
    url = current_app.config["PUBLIC_URL"] + request.full_path.rstrip("?")
    if not validator.validate(url, request.form, request.headers.get("X-Twilio-Signature", "")):
        log.warning("request to %s is not from twilio", request.path)
        abort(403)
