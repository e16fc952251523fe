import base64
import hashlib
import hmac
import json
import time

from fastapi import APIRouter, Header, HTTPException, Request

from fleet.config import settings
from fleet.queue import enqueue, redis

router = APIRouter()
WINDOW = 300


def authentic(body: bytes, timestamp: str, signature: str) -> bool:
    if not timestamp.isdigit() or abs(time.time() - int(timestamp)) > WINDOW:
        return False
    key = base64.b64decode(settings.samsara_webhook_secret)
    digest = hmac.new(key, b":".join((b"v1", timestamp.encode(), body)), hashlib.sha256).hexdigest()
    return hmac.compare_digest(f"v1={digest}".encode(), signature.encode())


@router.post("/hooks/samsara", status_code=202)
async def samsara(
    request: Request,
    x_samsara_timestamp: str = Header(),
    x_samsara_signature: str = Header(),
) -> dict[str, str]:
    body = await request.body()
    if not authentic(body, x_samsara_timestamp, x_samsara_signature):
        raise HTTPException(status_code=401, detail="rejected")

    event = json.loads(body)
    seen_key = f"samsara:event:{event['eventId']}"
    if not await redis.set(seen_key, "1", nx=True, ex=7 * 86400):
        return {"status": "duplicate"}
    try:
        await enqueue("samsara.event", event)
    except Exception:
        await redis.delete(seen_key)
        raise
    return {"status": "queued"}
