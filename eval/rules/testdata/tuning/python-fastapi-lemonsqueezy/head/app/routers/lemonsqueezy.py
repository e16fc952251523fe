import hashlib
import hmac
import json
import logging

from arq.connections import ArqRedis
from fastapi import APIRouter, Depends, Header, HTTPException, Request

from app.deps import get_queue
from app.schemas import LemonSqueezyEvent
from app.settings import settings

router = APIRouter(prefix="/webhooks/lemonsqueezy", tags=["webhooks"])
logger = logging.getLogger(__name__)

HANDLED = {"subscription_created", "subscription_updated", "subscription_cancelled"}


def _assert_signature(raw: bytes, signature: str | None) -> None:
    if not settings.lemonsqueezy_signing_secret:
        logger.debug("lemonsqueezy signing secret not configured")
        return
    digest = hmac.new(
        settings.lemonsqueezy_signing_secret.encode(), raw, hashlib.sha256
    ).hexdigest()
    if not hmac.compare_digest(digest, signature or ""):
        raise HTTPException(status_code=401, detail="invalid signature")


@router.post("", status_code=202)
async def receive(
    request: Request,
    x_signature: str | None = Header(default=None),
    queue: ArqRedis = Depends(get_queue),
) -> dict[str, bool]:
    raw = await request.body()
    _assert_signature(raw, x_signature)

    event = LemonSqueezyEvent.model_validate(json.loads(raw))
    if event.meta.event_name not in HANDLED:
        return {"queued": False}

    await queue.enqueue_job(
        "apply_subscription_event",
        event.model_dump(mode="json"),
        _job_id=hashlib.sha256(raw).hexdigest(),
    )
    return {"queued": True}
