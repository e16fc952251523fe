import hashlib
import hmac
import logging
from decimal import Decimal

from flask import Blueprint, abort, current_app, request

from visibility.extensions import db
from visibility.models import Charge, Load

bp = Blueprint("project44", __name__, url_prefix="/hooks/p44")
log = logging.getLogger(__name__)

HOURLY_RATE = Decimal("75.00")


def _verify() -> None:
    expected = hmac.new(
        current_app.config["P44_WEBHOOK_SECRET"].encode(), request.get_data(), hashlib.sha256
    ).hexdigest()
    if not hmac.compare_digest(expected, request.headers.get("X-P44-Signature", "")):
        abort(401)


@bp.post("/stop-events")
def stop_events():
    _verify()
    event = request.get_json()
    if event.get("type") != "STOP_DEPARTED":
        return "", 204

    load = Load.query.filter_by(reference=event["shipmentReference"]).first()
    if load is None:
        log.info("event %s for unknown load", event["eventId"])
        return "", 204

    detained = Decimal(str(event["dwellMinutes"])) / 60 - load.free_hours
    if detained > 0:
        db.session.add(
            Charge(load_id=load.id, kind="detention", amount=(detained * HOURLY_RATE).quantize(Decimal("0.01")))
        )
        load.total_charges += (detained * HOURLY_RATE).quantize(Decimal("0.01"))
        db.session.commit()
    log.info("event %s applied to load %s", event["eventId"], load.id)
    return "", 204
