import base64
import hashlib
import hmac
import json

from fastapi import APIRouter, Header, HTTPException, Request

from fleet.config import settings
from fleet.queue import enqueue

router = APIRouter()


def check_signature(body: bytes, timestamp: str, signature: str) -> None:
    key = base64.b64decode(settings.samsara_webhook_secret)
    message = b"v1:" + timestamp.encode() + b":" + body
    expected = "v1=" + hmac.new(key, message, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(expected.encode(), signature.encode()):
        raise HTTPException(status_code=401, detail="invalid signature")


@router.post("/hooks/samsara", status_code=202)
async def samsara(
    request: Request,
    x_samsara_timestamp: str = Header(),
    x_samsara_signature: str = Header(),
) -> dict[str, str]:
    body = await request.body()
    check_signature(body, x_samsara_timestamp, x_samsara_signature)

    event = json.loads(body)
    if event.get("eventType") == "GeofenceEntry":
        await enqueue("trailer.unlock", {"vehicle": event["data"]["vehicle"]["id"]}, job_id=event["eventId"])
    return {"status": "queued"}
