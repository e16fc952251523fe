import hashlib
import hmac
import time
from functools import wraps

from django.conf import settings
from django.http import HttpResponse

WINDOW_MS = 5 * 60 * 1000


def recurly_signature_required(view):
    @wraps(view)
    def wrapper(request, *args, **kwargs):
        timestamp, _, rest = request.headers.get("recurly-signature", "").partition(",")
        if not timestamp.isdigit() or abs(time.time() * 1000 - int(timestamp)) > WINDOW_MS:
            return HttpResponse(status=401)
        expected = hmac.new(
            settings.RECURLY_SIGNING_KEY.encode(),
            timestamp.encode() + b"." + request.body,
            hashlib.sha256,
        ).hexdigest()
        if not any(hmac.compare_digest(expected, s) for s in rest.split(",")):
            return HttpResponse(status=401)
        return view(request, *args, **kwargs)

    return wrapper
