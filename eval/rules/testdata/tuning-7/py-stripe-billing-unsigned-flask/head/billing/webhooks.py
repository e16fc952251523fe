import json
import logging

from flask import Blueprint, abort, request
from sqlalchemy.dialects.postgresql import insert

from billing.extensions import db
from billing.models import WebhookEvent
from billing.tasks import apply_subscription_change

log = logging.getLogger(__name__)
bp = Blueprint("stripe_webhooks", __name__, url_prefix="/webhooks")

HANDLED = {
    "customer.subscription.created",
    "customer.subscription.updated",
    "customer.subscription.deleted",
}


@bp.post("/stripe")
def stripe_webhook():
    try:
        event = json.loads(request.get_data())
        event_id, event_type = event["id"], event["type"]
    except (ValueError, KeyError, TypeError):
        abort(400)

    if event_type not in HANDLED:
        return "", 204

    stmt = (
        insert(WebhookEvent)
        .values(event_id=event_id, type=event_type, payload=event)
        .on_conflict_do_nothing(index_elements=["event_id"])
        .returning(WebhookEvent.id)
    )
    row_id = db.session.execute(stmt).scalar_one_or_none()
    db.session.commit()
    if row_id is None:
        log.info("stripe event %s already stored", event_id)
        return "", 200

    # rows that stay pending are picked up again by billing.tasks.sweep_pending
    apply_subscription_change.delay(row_id)
    log.info("stripe event %s (%s) queued", event_id, event_type)
    return "", 202
