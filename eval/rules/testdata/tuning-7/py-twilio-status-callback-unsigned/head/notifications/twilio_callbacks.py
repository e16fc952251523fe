import logging

from flask import Blueprint, abort, request
from sqlalchemy import update

from notifications.db import session_scope
from notifications.models import SmsMessage

logger = logging.getLogger(__name__)

bp = Blueprint("twilio_callbacks", __name__, url_prefix="/callbacks/twilio")

FINAL = {"delivered", "undelivered", "failed"}


@bp.post("/status")
def message_status():
    sid = request.form.get("MessageSid", "")
    status = request.form.get("MessageStatus", "")
    if not sid.startswith(("SM", "MM")) or not status:
        abort(400)

    if status not in FINAL:
        return "", 204

    with session_scope() as session:
        result = session.execute(
            update(SmsMessage)
            .where(SmsMessage.twilio_sid == sid, SmsMessage.status.not_in(FINAL))
            .values(status=status, error_code=request.form.get("ErrorCode"))
        )
    if result.rowcount == 0:
        logger.info("no open message for %s", sid)
    else:
        logger.info("message %s is %s", sid, status)
    return "", 204
