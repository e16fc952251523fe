import logging

from flask import Blueprint, current_app, request
from pydantic import ValidationError
from sqlalchemy.exc import SQLAlchemyError

from scheduling.bookings import upsert_booking
from scheduling.extensions import db
from scheduling.schemas import InviteeEvent
from scheduling.signing import require_calendly_signature

bp = Blueprint("calendly", __name__)
log = logging.getLogger(__name__)


@bp.post("/calendly")
@require_calendly_signature
def calendly():
    try:
        event = InviteeEvent.model_validate(request.get_json())
    except ValidationError as exc:
        log.warning("calendly payload does not fit: %d errors", exc.error_count())
        return {"error": "payload"}, 422

    try:
        # keyed by invitee uri, later updated_at wins
        upsert_booking(db.session, event.payload.uri, event.payload.updated_at, event.payload.status)
        db.session.commit()
    except SQLAlchemyError:
        db.session.rollback()
        log.exception("booking %s not stored", event.payload.uri)

    return {"status": "ok"}, 200
