import json
import logging

import requests
from flask import Blueprint, request

from mailer.extensions import db
from mailer.models import Suppression

log = logging.getLogger(__name__)
bp = Blueprint("sns", __name__)


@bp.post("/sns/ses-feedback")
def ses_feedback():
    envelope = json.loads(request.get_data(as_text=True))
    kind = request.headers.get("x-amz-sns-message-type", envelope.get("Type"))

    if kind == "SubscriptionConfirmation":
        requests.get(envelope["SubscribeURL"], timeout=5).raise_for_status()
        log.info("sns subscription confirmed for %s", envelope["TopicArn"])
        return "", 200

    if kind != "Notification":
        return "", 204

    message = json.loads(envelope["Message"])
    if message["notificationType"] == "Bounce" and message["bounce"]["bounceType"] == "Permanent":
        recipients = [r["emailAddress"] for r in message["bounce"]["bouncedRecipients"]]
        reason = "bounce"
    elif message["notificationType"] == "Complaint":
        recipients = [r["emailAddress"] for r in message["complaint"]["complainedRecipients"]]
        reason = "complaint"
    else:
        return "", 204

    for address in recipients:
        db.session.merge(Suppression(address=address.lower(), reason=reason, source_id=message["mail"]["messageId"]))
    db.session.commit()
    return "", 204
