from fastapi import APIRouter, Depends, Response, status
from pydantic import BaseModel, Field

from app.core.config import Settings, get_settings
from app.services.mailgun_signing import verify_signature
from app.services.suppression import SuppressionService, get_suppression

router = APIRouter(prefix="/hooks/mailgun", tags=["hooks"])


class Signature(BaseModel):
    timestamp: str
    token: str = Field(min_length=50, max_length=50)
    signature: str


class EventData(BaseModel):
    id: str
    event: str
    recipient: str
    severity: str | None = None


class MailgunEvent(BaseModel):
    signature: Signature
    event_data: EventData = Field(alias="event-data")


@router.post("/events")
async def receive(
    payload: MailgunEvent,
    settings: Settings = Depends(get_settings),
    suppression: SuppressionService = Depends(get_suppression),
) -> Response:
    verify_signature(settings.mailgun_signing_key, payload.signature)

    data = payload.event_data
    if data.event == "failed" and data.severity == "permanent":
        # suppress() is an upsert on (recipient); redelivery is harmless
        await suppression.suppress(data.recipient, reason="hard_bounce", source_id=data.id)
    elif data.event in {"complained", "unsubscribed"}:
        await suppression.suppress(data.recipient, reason=data.event, source_id=data.id)
    return Response(status_code=status.HTTP_204_NO_CONTENT)
