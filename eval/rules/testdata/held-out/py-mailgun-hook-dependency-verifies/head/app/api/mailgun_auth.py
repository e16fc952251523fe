import hashlib
import hmac
import time

from fastapi import HTTPException
from pydantic import BaseModel, Field

from app.settings import settings

MAX_AGE = 15 * 60


class Signature(BaseModel):
    timestamp: int
    token: str = Field(min_length=50, max_length=50)
    signature: str = Field(min_length=64, max_length=64, pattern="^[0-9a-f]+$")


class MailgunEvent(BaseModel):
    id: str
    event: str
    recipient: str
    severity: str | None = None
    reason: str | None = None


class Envelope(BaseModel):
    signature: Signature
    event_data: MailgunEvent = Field(alias="event-data")


async def verified_event(envelope: Envelope) -> MailgunEvent:
    sig = envelope.signature
    expected = hmac.new(
        settings.mailgun_signing_key.encode(),
        f"{sig.timestamp}{sig.token}".encode(),
        hashlib.sha256,
    ).hexdigest()
    if not hmac.compare_digest(expected, sig.signature):
        raise HTTPException(401, "bad signature")
    if abs(time.time() - sig.timestamp) > MAX_AGE:
        raise HTTPException(401, "stale signature")
    return envelope.event_data
