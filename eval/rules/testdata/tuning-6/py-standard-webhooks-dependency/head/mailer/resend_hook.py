import base64
import hashlib
import hmac
import json
import time
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Request, Response

from mailer.config import Settings, get_settings
from mailer.queue import Outbox, get_outbox

router = APIRouter()
FIVE_MINUTES = 300


async def signed_message(request: Request, settings: Annotated[Settings, Depends(get_settings)]) -> tuple[str, dict]:
    message_id = request.headers.get("svix-id", "")
    sent_at = request.headers.get("svix-timestamp", "")
    if not message_id or not sent_at.isdigit() or abs(time.time() - int(sent_at)) > FIVE_MINUTES:
        raise HTTPException(400, "missing or stale headers")

    body = await request.body()
    key = base64.b64decode(settings.resend_webhook_secret.removeprefix("whsec_"))
    mac = hmac.new(key, f"{message_id}.{sent_at}.".encode() + body, hashlib.sha256).digest()
    expected = base64.b64encode(mac).decode()
    candidates = [part.partition(",")[2] for part in request.headers.get("svix-signature", "").split(" ")]
    if not any(hmac.compare_digest(expected.encode(), candidate.encode()) for candidate in candidates):
        raise HTTPException(401, "signature does not match")
    return message_id, json.loads(body)


@router.post("/hooks/resend", status_code=202)
async def resend_hook(
    message: Annotated[tuple[str, dict], Depends(signed_message)],
    outbox: Annotated[Outbox, Depends(get_outbox)],
) -> Response:
    message_id, event = message
    if event.get("type") in {"email.bounced", "email.complained"}:
        # INSERT … ON CONFLICT (message_id) DO NOTHING; a worker takes it from there
        await outbox.put(message_id=message_id, kind=event["type"], payload=event.get("data", {}))
    return Response(status_code=202)
