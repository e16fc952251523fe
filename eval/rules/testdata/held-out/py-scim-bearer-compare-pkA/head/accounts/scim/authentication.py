from dataclasses import dataclass

from django.conf import settings
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed


@dataclass(frozen=True)
class ScimClient:
    name: str
    is_authenticated: bool = True
    is_active: bool = True


class ScimTokenAuthentication(BaseAuthentication):
    """One static token, set up in the identity provider's SCIM connector."""

    keyword = b"bearer"

    def authenticate(self, request):
        parts = get_authorization_header(request).split()
        if not parts or parts[0].lower() != self.keyword:
            return None
        if len(parts) != 2:
            raise AuthenticationFailed("Malformed authorization header.")

        try:
            token = parts[1].decode("ascii")
        except UnicodeDecodeError:
            raise AuthenticationFailed("Malformed token.") from None

        if token != settings.SCIM_BEARER_TOKEN:
            raise AuthenticationFailed("Invalid token.")
        return ScimClient(name="rippling"), None

    def authenticate_header(self, request):
        return 'Bearer realm="scim"'
