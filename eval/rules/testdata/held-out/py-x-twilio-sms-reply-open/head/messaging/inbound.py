import logging

from flask import Blueprint, Response, request
from twilio.twiml.messaging_response import MessagingResponse

from messaging.appointments import confirm_latest
from messaging.models import Subscriber
from messaging.storage import db

bp = Blueprint("sms", __name__, url_prefix="/twilio")
log = logging.getLogger("messaging.inbound")

STOP = {"stop", "unsubscribe", "end"}


@bp.post("/sms")
def inbound_sms() -> Response:
    sender = request.form.get("From", "")
    text = request.form.get("Body", "").strip().lower()
    subscriber = db.session.execute(db.select(Subscriber).filter_by(phone=sender)).scalar_one_or_none()
    reply = MessagingResponse()
    if subscriber is None:
        reply.message("This number is not registered.")
        return Response(str(reply), mimetype="application/xml")

    if text in STOP:
        subscriber.opted_out = True
        reply.message("You will not receive further messages.")
    elif text == "start":
        subscriber.opted_out = False
        reply.message("Welcome back.")
    elif text == "yes":
        confirm_latest(subscriber)
        reply.message("Thank you, your appointment is confirmed.")
    db.session.commit()
    log.info("sms handled for subscriber %s", subscriber.id)
    return Response(str(reply), mimetype="application/xml")
