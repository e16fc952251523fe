import hashlib
import hmac

from fastapi import Header, HTTPException, Request

from app.settings import settings

MAX_BODY = 512 * 1024


async def sentry_body(request: Request, sentry_hook_signature: str = Header()) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY:
            raise HTTPException(status_code=413)
    expected = hmac.new(
        settings.sentry_client_secret.get_secret_value().encode(), body, hashlib.sha256
    ).hexdigest()
    if not hmac.compare_digest(expected, sentry_hook_signature):
        raise HTTPException(status_code=401, detail="invalid signature")
    return bytes(body)
