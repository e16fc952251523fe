import logging

from flask import Blueprint, Response, request

from messaging.models import InboundSms
from messaging.db import insert_ignore
from messaging.twilio_auth import from_twilio_only

logger = logging.getLogger(__name__)
bp = Blueprint("inbound", __name__)

EMPTY_TWIML = "<Response/>"


@bp.post("/twilio/inbound")
@from_twilio_only
def inbound_sms() -> Response:
    sid = request.form["MessageSid"]
    created = insert_ignore(
        InboundSms,
        key="message_sid",
        message_sid=sid,
        sender=request.form["From"],
        body=request.form.get("Body", "")[:1600],
    )
    logger.info("inbound %s %s", sid, "stored" if created else "known")
    return Response(EMPTY_TWIML, mimetype="application/xml")
