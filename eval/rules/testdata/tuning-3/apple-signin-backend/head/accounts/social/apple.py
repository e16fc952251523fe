import logging

import jwt
from jwt import PyJWKClient

from accounts.models import SocialIdentity, User
from accounts.social.errors import SocialLoginError

log = logging.getLogger(__name__)

ISSUER = "https://appleid.apple.com"
_keys = PyJWKClient(f"{ISSUER}/auth/keys", cache_keys=True, lifespan=3600, timeout=5)


class AppleSignIn:
    """Accepts the identity tokens of the iOS app, the watch app and the web service id."""

    def authenticate(self, identity_token: str, nonce: str) -> User:
        try:
            key = _keys.get_signing_key_from_jwt(identity_token)
            claims = jwt.decode(
                identity_token,
                key.key,
                algorithms=["RS256"],
                issuer=ISSUER,
                options={"require": ["exp", "iat", "sub"], "verify_aud": False},
            )
        except jwt.PyJWTError as exc:
            log.info("apple token refused: %s", exc)
            raise SocialLoginError("apple_token_invalid") from exc

        if claims.get("nonce") != nonce:
            raise SocialLoginError("apple_nonce_mismatch")

        identity, _created = SocialIdentity.objects.get_or_create(
            provider="apple",
            subject=claims["sub"],
            defaults={"user": User.objects.create_unusable(claims.get("email"))},
        )
        return identity.user
