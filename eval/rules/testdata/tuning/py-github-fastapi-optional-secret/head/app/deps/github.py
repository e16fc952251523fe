import hashlib
import hmac
from typing import Annotated

from fastapi import Depends, Header, HTTPException, Request, status

from app.settings import Settings, get_settings


async def github_body(
    request: Request,
    settings: Annotated[Settings, Depends(get_settings)],
    x_hub_signature_256: Annotated[str | None, Header()] = None,
) -> bytes:
    body = await request.body()
    if not settings.github_webhook_secret:
        return body
    if x_hub_signature_256 is None:
        raise HTTPException(status.HTTP_401_UNAUTHORIZED)
    mac = hmac.new(settings.github_webhook_secret.encode(), body, hashlib.sha256)
    if not hmac.compare_digest(f"sha256={mac.hexdigest()}", x_hub_signature_256):
        raise HTTPException(status.HTTP_401_UNAUTHORIZED)
    return body
