import base64
import hashlib
import hmac

from django.conf import settings
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed


class WooPrincipal:
    is_authenticated = True


class WooSignatureAuthentication(BaseAuthentication):
    def authenticate(self, request):
        supplied = request.headers.get("X-WC-Webhook-Signature", "")
        digest = hmac.new(settings.WOO_WEBHOOK_SECRET.encode(), request._request.body, hashlib.sha256).digest()
        if not hmac.compare_digest(base64.b64encode(digest), supplied.encode()):
            raise AuthenticationFailed("signature")
        return WooPrincipal(), None

    def authenticate_header(self, request):
        return "WC-Webhook-Signature"
