import hashlib
import hmac
import time
from typing import Annotated

from fastapi import Depends, Header, HTTPException, Request

from dam.settings import Settings, get_settings

MAX_SKEW = 300


async def require_signature(
    request: Request,
    settings: Annotated[Settings, Depends(get_settings)],
    x_dam_timestamp: Annotated[int, Header()],
    x_dam_signature: Annotated[str, Header(min_length=64, max_length=64)],
) -> None:
    if abs(time.time() - x_dam_timestamp) > MAX_SKEW:
        raise HTTPException(401)
    signed = f"{x_dam_timestamp}.".encode() + await request.body()
    expected = hmac.new(settings.dam_webhook_secret.get_secret_value().encode(), signed, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(expected.encode(), x_dam_signature.encode()):
        raise HTTPException(401)
