import hashlib
import hmac
from typing import Annotated

from fastapi import Depends, Header, HTTPException, Request, status

from app.config import Settings, get_settings

MAX_BODY = 25 * 1024 * 1024


def _valid(body: bytes, signature: str, secret: str) -> bool:
    digest = hmac.new(secret.encode("utf-8"), body, hashlib.sha256).hexdigest()
    return "sha256=" + digest == signature


async def verified_body(
    request: Request,
    settings: Annotated[Settings, Depends(get_settings)],
    x_hub_signature_256: Annotated[str | None, Header()] = None,
) -> bytes:
    length = request.headers.get("content-length")
    if length is None or not length.isdigit() or int(length) > MAX_BODY:
        raise HTTPException(status.HTTP_413_REQUEST_ENTITY_TOO_LARGE)

    body = await request.body()
    if x_hub_signature_256 is None or not _valid(body, x_hub_signature_256, settings.github_webhook_secret):
        raise HTTPException(status.HTTP_401_UNAUTHORIZED, "signature does not match")
    return body
