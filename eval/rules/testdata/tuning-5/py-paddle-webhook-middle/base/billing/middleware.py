import hashlib
import hmac
import time

from django.conf import settings
from django.http import HttpResponseForbidden


class PaddleSignatureMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path.startswith("/webhooks/paddle/") and not self._valid(request):
            return HttpResponseForbidden("invalid signature")
        return self.get_response(request)

    @staticmethod
    def _valid(request):
        parts = dict(p.split("=", 1) for p in request.headers.get("Paddle-Signature", "").split(";") if "=" in p)
        ts, given = parts.get("ts", ""), parts.get("h1", "")
        if not ts.isdigit() or abs(time.time() - int(ts)) > 300:
            return False
        signed = ts.encode() + b":" + request.body
        want = hmac.new(settings.PADDLE_WEBHOOK_SECRET.encode(), signed, hashlib.sha256).hexdigest()
        return hmac.compare_digest(want.encode(), given.encode())
