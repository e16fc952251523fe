import hashlib
import hmac
import json
import logging
import time

from fastapi import APIRouter, Depends, HTTPException, Request
from redis.asyncio import Redis

from licensing.deps import get_licenses, get_redis
from licensing.service import Licenses
from licensing.settings import settings

logger = logging.getLogger(__name__)
router = APIRouter()


def _verify(body: bytes, header: str) -> None:
    parts = dict(p.split("=", 1) for p in header.split(";") if "=" in p)
    ts, received = parts.get("ts", ""), parts.get("h1", "")
    if not ts.isdigit() or abs(time.time() - int(ts)) > 60:
        raise HTTPException(401, "stale or missing signature")
    expected = hmac.new(
        settings.paddle_secret.encode(), f"{ts}:".encode() + body, hashlib.sha256
    ).hexdigest()
    if not hmac.compare_digest(expected.encode(), received.encode()):
        raise HTTPException(401, "bad signature")


@router.post("/hooks/paddle")
async def paddle_hook(
    request: Request,
    redis: Redis = Depends(get_redis),
    licenses: Licenses = Depends(get_licenses),
):
    body = await request.body()
    _verify(body, request.headers.get("Paddle-Signature", ""))
    try:
        event = json.loads(body)
        event_id, kind, data = event["event_id"], event["event_type"], event["data"]
    except (ValueError, KeyError, TypeError):
        raise HTTPException(422, "unexpected payload")

    if kind != "transaction.completed":
        return {"ok": True}
    if not await redis.set(f"paddle:event:{event_id}", 1, nx=True, ex=7 * 86400):
        logger.info("paddle event %s was handled already", event_id)
        return {"ok": True}

    await licenses.issue(customer_id=data["customer_id"], transaction_id=data["id"])
    return {"ok": True}
