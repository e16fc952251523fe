import hashlib
import hmac
import time
from functools import wraps

from django.conf import settings
from django.http import HttpResponse

TOLERANCE = 30


def paddle_signature(view):
    @wraps(view)
    def inner(request, *args, **kwargs):
        header = request.headers.get("Paddle-Signature", "")
        parts = dict(p.split("=", 1) for p in header.split(";") if "=" in p)
        ts, given = parts.get("ts", ""), parts.get("h1", "")
        if not ts.isdigit() or abs(time.time() - int(ts)) > TOLERANCE:
            return HttpResponse(status=401)
        digest = hmac.new(
            settings.PADDLE_SECRET.encode(), f"{ts}:".encode() + request.body, hashlib.sha256
        ).hexdigest()
        if not hmac.compare_digest(digest, given):
            return HttpResponse(status=401)
        return view(request, *args, **kwargs)

    return inner
