import hashlib
import hmac
import logging
import time
from datetime import datetime
from typing import Literal

from flask import Blueprint, abort, current_app, request
from pydantic import BaseModel, ValidationError

from members.extensions import db
from members.models import Membership

log = logging.getLogger(__name__)
bp = Blueprint("subscription_events", __name__)


class SubscriptionEvent(BaseModel):
    id: str
    subscription_id: str
    status: Literal["active", "paused", "canceled", "expired"]
    price_minor: int
    updated_at: datetime


def _verify(body: bytes) -> None:
    stamp, _, received = request.headers.get("X-Billing-Signature", "").partition(",")
    if not stamp.isdigit() or abs(time.time() - int(stamp)) > 300:
        abort(401)
    key = current_app.config["BILLING_WEBHOOK_KEY"].encode()
    expected = hmac.new(key, f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(expected.encode(), received.encode()):
        abort(401)


@bp.post("/hooks/billing/subscriptions")
def subscription_event():
    body = request.get_data()
    _verify(body)
    try:
        event = SubscriptionEvent.model_validate_json(body)
    except ValidationError:
        abort(422)

    membership = Membership.query.filter_by(subscription_id=event.subscription_id).first()
    if membership is None:
        log.warning("event %s names an unknown subscription", event.id)
        abort(404)

    membership.status = event.status
    membership.price_minor = event.price_minor
    membership.remote_updated_at = event.updated_at
    db.session.commit()
    return "", 204
