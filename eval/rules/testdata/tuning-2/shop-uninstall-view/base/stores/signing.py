import base64
import functools
import hashlib
import hmac

from django.conf import settings
from django.http import HttpResponseForbidden


def _valid(body: bytes, header: str) -> bool:
    digest = hmac.new(settings.SHOPIFY_API_SECRET.encode(), body, hashlib.sha256).digest()
    return hmac.compare_digest(base64.b64encode(digest), header.encode("ascii", "ignore"))


def shopify_signed(view):
    """Lets only requests through whose raw body carries a valid HMAC."""

    @functools.wraps(view)
    def wrapped(request, *args, **kwargs):
        if not _valid(request.body, request.headers.get("X-Shopify-Hmac-Sha256", "")):
            return HttpResponseForbidden()
        return view(request, *args, **kwargs)

    return wrapped
