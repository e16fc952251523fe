import logging

from flask import Blueprint, Response, abort, current_app, request
from twilio.request_validator import RequestValidator
from twilio.twiml.messaging_response import MessagingResponse

from sms.db import pool

logger = logging.getLogger(__name__)
bp = Blueprint("sms_inbound", __name__)

STOP_WORDS = ("STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT")


def _from_twilio() -> bool:
    validator = RequestValidator(current_app.config["TWILIO_AUTH_TOKEN"])
    url = current_app.config["PUBLIC_URL"] + request.full_path.rstrip("?")
    return validator.validate(url, request.form, request.headers.get("X-Twilio-Signature", ""))


@bp.post("/sms/inbound")
def inbound():
    if (request.content_length or 0) > 16_384:
        abort(413)
    if not _from_twilio():
        abort(403)

    sender = request.form["From"]
    text = request.form.get("Body", "").strip()
    sid = request.form["MessageSid"]
    stop = text.upper().startswith(STOP_WORDS)

    with pool.connection() as conn, conn.cursor() as cur:
        cur.execute(
            "INSERT INTO inbound_sms (sid) VALUES (%s) ON CONFLICT DO NOTHING",
            (sid,),
        )
        if stop and cur.rowcount == 1:
            cur.execute("UPDATE subscribers SET opted_out_at = now() WHERE phone = %s", (sender,))
            logger.info("opt-out through %s, %d rows", sid, cur.rowcount)

    answer = MessagingResponse()
    if stop:
        answer.message("You will not get further messages from us.")
    return Response(str(answer), mimetype="text/xml")
