from dataclasses import dataclass

import jwt
from django.conf import settings
from jwt import PyJWKClient

from accounts.errors import LoginRejected

APPLE_ISSUER = "https://appleid.apple.com"
_keys = PyJWKClient(f"{APPLE_ISSUER}/auth/keys", cache_keys=True, timeout=5)


@dataclass(frozen=True)
class AppleIdentity:
    subject: str
    email: str | None


def identity_from_token(token: str, nonce: str) -> AppleIdentity:
    try:
        key = _keys.get_signing_key_from_jwt(token).key
        claims = jwt.decode(
            token,
            key,
            algorithms=["RS256"],
            audience=settings.APPLE_CLIENT_ID,
            issuer=APPLE_ISSUER,
            options={"require": ["exp", "iat", "sub"]},
        )
    except jwt.PyJWTError as exc:
        raise LoginRejected("apple token") from exc

    if claims.get("nonce") != nonce:
        raise LoginRejected("apple nonce")
    return AppleIdentity(subject=claims["sub"], email=claims.get("email"))
