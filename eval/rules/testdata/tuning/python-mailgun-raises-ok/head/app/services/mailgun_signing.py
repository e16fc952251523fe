import hashlib
import hmac
import time

from fastapi import HTTPException

MAX_AGE = 15 * 60


def ensure_signed(key: str, sig) -> None:
    if not sig.timestamp.isdecimal() or abs(time.time() - int(sig.timestamp)) > MAX_AGE:
        raise HTTPException(status_code=406, detail="stale event")
    digest = hmac.new(key.encode(), f"{sig.timestamp}{sig.token}".encode(), hashlib.sha256).hexdigest()
    if not hmac.compare_digest(digest.encode(), sig.signature.encode()):
        raise HTTPException(status_code=406, detail="signature mismatch")
