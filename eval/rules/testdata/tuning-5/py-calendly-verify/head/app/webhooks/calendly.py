import hashlib
import hmac
import time

from fastapi import APIRouter, Depends, HTTPException, Request
from pydantic import ValidationError

from app.deps import get_queue
from app.schemas import CalendlyEvent
from app.settings import settings

router = APIRouter(prefix="/webhooks/calendly")


def _check(header: str, body: bytes) -> bool:
    parts = dict(p.split("=", 1) for p in header.split(",") if "=" in p)
    ts, given = parts.get("t", ""), parts.get("v1", "")
    if not ts.isdigit() or abs(time.time() - int(ts)) > 180:
        return False
    signed = f"{ts}.".encode() + body
    expected = hmac.new(settings.calendly_key.encode(), signed, hashlib.sha256).hexdigest()
    return expected == given.strip().lower()


@router.post("", status_code=202)
async def receive(request: Request, queue=Depends(get_queue)):
    body = await request.body()
    if not _check(request.headers.get("calendly-webhook-signature", ""), body):
        raise HTTPException(status_code=401, detail="invalid signature")
    try:
        event = CalendlyEvent.model_validate_json(body)
    except ValidationError:
        raise HTTPException(status_code=422, detail="unexpected payload") from None
    await queue.enqueue_job("handle_calendly", event.model_dump(), _job_id=f"calendly:{event.payload.uri}:{event.event}")
    return {"queued": True}
