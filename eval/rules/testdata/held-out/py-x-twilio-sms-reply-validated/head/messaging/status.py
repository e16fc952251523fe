import logging

from flask import request

from messaging.blueprint import bp
from messaging.models import OutboundMessage
from messaging.storage import db

log = logging.getLogger("messaging.status")

ORDER = ["queued", "sent", "delivered"]
FINAL = {"delivered", "undelivered", "failed"}


@bp.post("/status")
def message_status():
    sid = request.form.get("MessageSid", "")
    status = request.form.get("MessageStatus", "")
    message = db.session.execute(
        db.select(OutboundMessage).filter_by(sid=sid).with_for_update()
    ).scalar_one_or_none()
    if message is None or message.status in FINAL:
        return "", 204
    if status in FINAL or (status in ORDER and ORDER.index(status) > ORDER.index(message.status)):
        message.status = status
        message.error_code = request.form.get("ErrorCode")
        db.session.commit()
        log.info("message %s is now %s", message.id, status)
    return "", 204
