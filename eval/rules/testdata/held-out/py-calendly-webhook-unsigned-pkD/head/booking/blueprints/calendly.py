from datetime import datetime

from flask import Blueprint, current_app, jsonify, request
from sqlalchemy.dialects.postgresql import insert

from booking.extensions import db
from booking.models import Booking

bp = Blueprint("calendly", __name__, url_prefix="/webhooks/calendly")


@bp.post("")
def receive():
    body = request.get_json(silent=True)
    if not isinstance(body, dict) or "event" not in body:
        return jsonify(error="bad payload"), 400

    try:
        invitee = body["payload"]
        values = {
            "invitee_uri": invitee["uri"],
            "email": invitee["email"],
            "starts_at": datetime.fromisoformat(invitee["scheduled_event"]["start_time"].replace("Z", "+00:00")),
            "status": "canceled" if body["event"] == "invitee.canceled" else "active",
        }
    except (KeyError, TypeError, ValueError):
        return jsonify(error="bad payload"), 400

    statement = insert(Booking).values(**values)
    db.session.execute(
        statement.on_conflict_do_update(
            index_elements=[Booking.invitee_uri],
            set_={"status": statement.excluded.status, "starts_at": statement.excluded.starts_at},
        )
    )
    db.session.commit()
    current_app.logger.info("calendly %s stored", body["event"])
    return "", 204
