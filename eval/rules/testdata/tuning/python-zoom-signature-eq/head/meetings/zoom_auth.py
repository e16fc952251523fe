import hashlib
import hmac
import time
from functools import wraps

from flask import abort, current_app, request

TOLERANCE = 300


def _sign(secret: str, ts: str, body: bytes) -> str:
    mac = hmac.new(secret.encode("utf-8"), b"v0:" + ts.encode() + b":" + body, hashlib.sha256)
    return "v0=" + mac.hexdigest()


def zoom_signed(view):
    @wraps(view)
    def wrapper(*args, **kwargs):
        ts = request.headers.get("x-zm-request-timestamp", "")
        if not ts.isdecimal() or abs(time.time() - int(ts)) > TOLERANCE:
            abort(401)
        ours = _sign(current_app.config["ZOOM_SECRET_TOKEN"], ts, request.get_data())
        if ours != request.headers.get("x-zm-signature", ""):
            abort(401)
        return view(*args, **kwargs)

    return wrapper
