import base64
import hashlib
import hmac
import logging
from datetime import datetime, timedelta, timezone

from fastapi import APIRouter, HTTPException, Request
from pydantic import BaseModel, Field, ValidationError

from mirror.config import settings
from mirror.store import tickets

logger = logging.getLogger(__name__)
router = APIRouter()

MAX_BODY = 64 * 1024
TOLERANCE = timedelta(minutes=5)


class TicketChange(BaseModel):
    ticket_id: int = Field(gt=0)
    status: str = Field(pattern="^(new|open|pending|hold|solved|closed)$")


def check_signature(request: Request, body: bytes) -> None:
    signature = request.headers.get("x-zendesk-webhook-signature", "")
    timestamp = request.headers.get("x-zendesk-webhook-signature-timestamp", "")
    try:
        sent = datetime.fromisoformat(timestamp.replace("Z", "+00:00"))
        stale = abs(datetime.now(timezone.utc) - sent) > TOLERANCE
    except (ValueError, TypeError):
        stale = True
    if stale:
        raise HTTPException(status_code=401)

    mac = hmac.new(settings.zendesk_signing_secret.encode(), timestamp.encode() + body, hashlib.sha256)
    expected = base64.b64encode(mac.digest())
    if not hmac.compare_digest(expected, signature.encode()):
        logger.warning("zendesk signature rejected")
        raise HTTPException(status_code=401)


async def read_body(request: Request) -> bytes:
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY:
            raise HTTPException(status_code=413)
    return body


@router.post("/hooks/zendesk/status", status_code=204)
async def status_changed(request: Request) -> None:
    body = await read_body(request)
    check_signature(request, body)
    try:
        change = TicketChange.model_validate_json(body)
    except ValidationError:
        raise HTTPException(status_code=422) from None
    # plain overwrite of one column
    await tickets.set_status(change.ticket_id, change.status)
