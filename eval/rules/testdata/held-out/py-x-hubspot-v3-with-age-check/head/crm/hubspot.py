import base64
import hashlib
import hmac
import time

from fastapi import APIRouter, Depends, HTTPException, Request
from pydantic import TypeAdapter

from crm.inbox import Inbox, get_inbox
from crm.schemas import HubSpotEvent
from crm.settings import Settings, get_settings

router = APIRouter(prefix="/hubspot")
events_adapter = TypeAdapter(list[HubSpotEvent])

MAX_AGE_MS = 5 * 60 * 1000


async def verified_body(request: Request, settings: Settings = Depends(get_settings)) -> bytes:
    timestamp = request.headers.get("x-hubspot-request-timestamp", "")
    if not timestamp.isdigit() or abs(time.time() * 1000 - int(timestamp)) > MAX_AGE_MS:
        raise HTTPException(401)
    body = await request.body()
    source = b"POST" + f"{settings.public_url}{request.url.path}".encode() + body + timestamp.encode()
    mac = hmac.new(settings.hubspot_client_secret.encode(), source, hashlib.sha256).digest()
    given = request.headers.get("x-hubspot-signature-v3", "").encode()
    if not hmac.compare_digest(base64.b64encode(mac), given):
        raise HTTPException(401)
    return body


@router.post("/events", status_code=204)
async def events(body: bytes = Depends(verified_body), inbox: Inbox = Depends(get_inbox)) -> None:
    for event in events_adapter.validate_json(body):
        await inbox.add_once(source="hubspot", key=f"{event.event_id}:{event.occurred_at}", payload=event.model_dump())
