import hashlib
import hmac
import time
from functools import wraps

from flask import abort, current_app, request

MAX_AGE_SECONDS = 300


def signed_by_zoom(view):
    @wraps(view)
    def checked(*args, **kwargs):
        stamp = request.headers.get("x-zm-request-timestamp", "")
        if not stamp.isdigit() or abs(time.time() - int(stamp)) > MAX_AGE_SECONDS:
            abort(401)
        key = current_app.config["ZOOM_SECRET_TOKEN"].encode()
        mac = hmac.new(key, b"v0:" + stamp.encode() + b":" + request.get_data(), hashlib.sha256)
        if not hmac.compare_digest(f"v0={mac.hexdigest()}", request.headers.get("x-zm-signature", "")):
            abort(401)
        return view(*args, **kwargs)

    return checked
