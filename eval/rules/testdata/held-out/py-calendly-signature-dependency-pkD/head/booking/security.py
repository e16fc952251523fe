import hashlib
import hmac
import time

from fastapi import HTTPException, Request

from booking.settings import settings

TOLERANCE = 180


async def calendly_body(request: Request) -> bytes:
    raw = await request.body()
    parts = dict(
        piece.split("=", 1) for piece in request.headers.get("calendly-webhook-signature", "").split(",") if "=" in piece
    )
    sent_at, given = parts.get("t", ""), parts.get("v1", "")
    if not sent_at.isdigit() or abs(time.time() - int(sent_at)) > TOLERANCE:
        raise HTTPException(status_code=401, detail="stale")
    key = settings.calendly_signing_key.get_secret_value().encode()
    expected = hmac.new(key, sent_at.encode() + b"." + raw, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(expected.encode(), given.encode()):
        raise HTTPException(status_code=401, detail="signature")
    return raw
