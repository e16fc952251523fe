from dataclasses import dataclass

import jwt
from django.conf import settings

from accounts.errors import LoginRejected

APPLE_ISSUER = "https://appleid.apple.com"


@dataclass(frozen=True)
class AppleIdentity:
    subject: str
    email: str | None


def identity_from_token(token: str, nonce: str) -> AppleIdentity:
    try:
        claims = jwt.decode(
            token,
            options={"verify_signature": False, "verify_exp": True, "verify_aud": True, "verify_iss": True},
            audience=settings.APPLE_CLIENT_ID,
            issuer=APPLE_ISSUER,
        )
    except jwt.PyJWTError as exc:
        raise LoginRejected("apple token") from exc

    if claims.get("nonce") != nonce:
        raise LoginRejected("apple nonce")
    return AppleIdentity(subject=claims["sub"], email=claims.get("email"))
