import hashlib
import hmac
import time
from functools import wraps

from flask import abort, current_app, request

TOLERANCE_SECONDS = 180


def require_calendly_signature(view):
    @wraps(view)
    def wrapper(*args, **kwargs):
        header = request.headers.get("Calendly-Webhook-Signature", "")
        parts = dict(p.split("=", 1) for p in header.split(",") if "=" in p)
        stamp, given = parts.get("t", ""), parts.get("v1", "")
        if not stamp.isdigit() or abs(time.time() - int(stamp)) > TOLERANCE_SECONDS:
            abort(401)
        signed = stamp.encode() + b"." + request.get_data()
        mac = hmac.new(current_app.config["CALENDLY_SIGNING_KEY"].encode(), signed, hashlib.sha256)
        if not hmac.compare_digest(mac.hexdigest(), given):
            abort(401)
        return view(*args, **kwargs)

    return wrapper
