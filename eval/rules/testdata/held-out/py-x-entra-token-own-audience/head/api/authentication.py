import logging

import jwt
from django.conf import settings
from django.contrib.auth import get_user_model
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import APIException, AuthenticationFailed

logger = logging.getLogger(__name__)

ISSUER = f"https://login.microsoftonline.com/{settings.ENTRA_TENANT}/v2.0"
KEYS = jwt.PyJWKClient(
    f"https://login.microsoftonline.com/{settings.ENTRA_TENANT}/discovery/v2.0/keys", lifespan=3600, timeout=5
)


class KeysUnavailable(APIException):
    status_code = 503
    default_detail = "authentication is not available"


class EntraAuthentication(BaseAuthentication):
    def authenticate_header(self, request) -> str:
        return "Bearer"

    def authenticate(self, request):
        parts = get_authorization_header(request).split()
        if not parts or parts[0].lower() != b"bearer":
            return None
        if len(parts) != 2:
            raise AuthenticationFailed("malformed header")
        token = parts[1].decode("ascii", "replace")
        try:
            claims = jwt.decode(
                token,
                KEYS.get_signing_key_from_jwt(token).key,
                algorithms=["RS256"],
                audience=settings.ENTRA_AUDIENCE,
                issuer=ISSUER,
                options={"require": ["exp", "iss", "aud", "oid"]},
            )
        except jwt.PyJWKClientConnectionError as exc:
            logger.error("entra key set not reachable")
            raise KeysUnavailable from exc
        except jwt.PyJWTError as exc:
            raise AuthenticationFailed("invalid token") from exc
        user = get_user_model().objects.filter(entra_oid=claims["oid"], is_active=True).first()
        if user is None:
            raise AuthenticationFailed("unknown user")
        return user, claims
