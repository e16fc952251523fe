import base64
import hashlib
import hmac

from django.conf import settings
from rest_framework.permissions import BasePermission


class SquareSigned(BasePermission):
    def has_permission(self, request, view) -> bool:
        url = settings.SQUARE_NOTIFICATION_URL
        mac = hmac.new(
            settings.SQUARE_SIGNATURE_KEY.encode(),
            url.encode() + request._request.body,
            hashlib.sha256,
        )
        given = request.headers.get("X-Square-HmacSha256-Signature", "")
        return hmac.compare_digest(base64.b64encode(mac.digest()), given.encode())
