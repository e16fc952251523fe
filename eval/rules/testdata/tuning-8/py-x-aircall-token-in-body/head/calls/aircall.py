import logging

from flask import Blueprint, current_app, jsonify, request

from calls.models import CallLog
from calls.storage import db
from sqlalchemy.dialects.postgresql import insert

bp = Blueprint("aircall", __name__)
log = logging.getLogger("calls.aircall")


@bp.post("/webhooks/aircall")
def aircall():
    body = request.get_json(silent=True) or {}
    if body.get("token") != current_app.config["AIRCALL_WEBHOOK_TOKEN"]:
        return jsonify(error="forbidden"), 403

    if body.get("event") != "call.ended":
        return "", 204
    call = body.get("data") or {}
    if not isinstance(call.get("id"), int) or not isinstance(call.get("duration"), int):
        return jsonify(error="call id and duration expected"), 422

    values = {
        "aircall_id": call["id"],
        "direction": call.get("direction"),
        "duration": call["duration"],
        "agent_email": (call.get("user") or {}).get("email"),
        "ended_at": call.get("ended_at"),
    }
    statement = insert(CallLog).values(**values)
    db.session.execute(statement.on_conflict_do_update(index_elements=["aircall_id"], set_=values))
    db.session.commit()
    log.info("aircall call %s stored", call["id"])
    return "", 204
