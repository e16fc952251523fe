import hashlib
import hmac
import unicodedata

from fastapi import Header, HTTPException, Request

from app.settings import settings

PREFIX = "hmac-sha256-hex="
MAX_BODY = 512 * 1024


async def easypost_body(
    request: Request,
    x_hmac_signature: str = Header(default=""),
) -> bytes:
    if int(request.headers.get("content-length") or 0) > MAX_BODY:
        raise HTTPException(status_code=413)
    body = await request.body()
    key = unicodedata.normalize("NFKD", settings.easypost_webhook_secret).encode()
    expected = PREFIX + hmac.new(key, body, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(expected.encode(), x_hmac_signature.encode()):
        raise HTTPException(status_code=401, detail="bad signature")
    return body
