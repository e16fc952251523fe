import hashlib
import hmac
import time

MAX_AGE = 15 * 60


def verify_signature(key: str, sig) -> bool:
    if abs(time.time() - int(sig.timestamp)) > MAX_AGE:
        return False
    digest = hmac.new(key.encode(), f"{sig.timestamp}{sig.token}".encode(), hashlib.sha256).hexdigest()
    return hmac.compare_digest(digest, sig.signature)
