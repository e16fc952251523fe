import logging
import time

from flask import Blueprint, abort, current_app, request
from sendgrid.helpers.eventwebhook import EventWebhook, EventWebhookHeader
from sqlalchemy.dialects.postgresql import insert

from mailing.db import Session
from mailing.models import DeliveryEvent

logger = logging.getLogger(__name__)
bp = Blueprint("sendgrid_events", __name__)
TOLERANCE = 300


@bp.post("/hooks/sendgrid/events")
def events():
    body = request.get_data(as_text=True)
    signature = request.headers.get(EventWebhookHeader.SIGNATURE, "")
    timestamp = request.headers.get(EventWebhookHeader.TIMESTAMP, "")
    if not signature or not timestamp.isdigit():
        abort(401)
    if abs(time.time() - int(timestamp)) > TOLERANCE:
        abort(401)

    hook = EventWebhook()
    key = hook.convert_public_key_to_ecdsa(current_app.config["SENDGRID_PUBLIC_KEY"])
    hook.verify_signature(body, signature, timestamp, key)

    rows = []
    for item in request.get_json(force=True):
        try:
            rows.append(
                {
                    "sg_event_id": item["sg_event_id"],
                    "kind": item["event"],
                    "recipient": item["email"],
                    "occurred_at": int(item["timestamp"]),
                }
            )
        except (KeyError, TypeError, ValueError):
            logger.warning("skipping malformed sendgrid event")

    if rows:
        with Session.begin() as session:
            session.execute(
                insert(DeliveryEvent).on_conflict_do_nothing(index_elements=["sg_event_id"]), rows
            )
    return "", 204
