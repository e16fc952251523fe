import hashlib
import hmac
import logging
import time

import jwt
from starlette.authentication import AuthCredentials, AuthenticationBackend, AuthenticationError, SimpleUser
from starlette.requests import HTTPConnection

log = logging.getLogger("voice.auth")


class VonageBackend(AuthenticationBackend):
    def __init__(self, api_key: str, signature_secret: str) -> None:
        self._api_key = api_key
        self._secret = signature_secret

    async def authenticate(self, conn: HTTPConnection):
        scheme, _, token = conn.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            raise AuthenticationError("bearer token expected")
        try:
            claims = jwt.decode(token, self._secret, algorithms=["HS256"])
        except jwt.InvalidTokenError as exc:
            raise AuthenticationError("token not accepted") from exc
        if claims.get("api_key") != self._api_key or claims.get("iat", 0) < time.time() - 300:
            raise AuthenticationError("token not meant for this account or too old")
        return AuthCredentials(["vonage"]), SimpleUser(claims["api_key"])


def payload_matches(claims: dict, body: bytes) -> bool:
    digest = hashlib.sha256(body).hexdigest()
    return hmac.compare_digest(digest, claims.get("payload_hash", ""))
