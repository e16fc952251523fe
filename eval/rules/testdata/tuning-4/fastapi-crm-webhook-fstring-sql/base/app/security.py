import hashlib
import hmac
import time

from fastapi import Header, HTTPException, Request

from app.settings import settings

TOLERANCE_SECONDS = 300


async def verify_crm_signature(
    request: Request,
    x_crm_timestamp: int = Header(),
    x_crm_signature: str = Header(),
) -> None:
    if abs(time.time() - x_crm_timestamp) > TOLERANCE_SECONDS:
        raise HTTPException(401, "stale")
    signed = f"{x_crm_timestamp}.".encode() + await request.body()
    expected = hmac.new(settings.crm_secret.encode(), signed, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(expected, x_crm_signature):
        raise HTTPException(401, "invalid signature")
