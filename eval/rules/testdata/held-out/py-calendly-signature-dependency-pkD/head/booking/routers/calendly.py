from fastapi import APIRouter, Depends, Response
from pydantic import ValidationError
from sqlalchemy.ext.asyncio import AsyncSession

from booking.database import session
from booking.models import upsert_booking
from booking.schemas import CalendlyEvent
from booking.security import calendly_body

router = APIRouter()


@router.post("/webhooks/calendly", status_code=204)
async def receive(raw: bytes = Depends(calendly_body), db: AsyncSession = Depends(session)) -> Response:
    try:
        event = CalendlyEvent.model_validate_json(raw)
    except ValidationError:
        return Response(status_code=422)

    if event.event in ("invitee.created", "invitee.canceled"):
        await upsert_booking(
            db,
            invitee_uri=str(event.payload.uri),
            email=event.payload.email,
            starts_at=event.payload.scheduled_event.start_time,
            canceled=event.event == "invitee.canceled",
            changed_at=event.created_at,
        )
        await db.commit()
    return Response(status_code=204)
