from __future__ import annotations

from dataclasses import dataclass

import jwt
from jwt import PyJWKClient

ALGORITHMS = ["RS256", "ES256"]


class Unauthorized(Exception):
    pass


@dataclass(frozen=True)
class Issuer:
    url: str
    jwks_url: str
    audience: str


class TokenVerifier:
    def __init__(self, issuers: list[Issuer]) -> None:
        self._issuers = {issuer.url: issuer for issuer in issuers}
        self._keys = {
            issuer.url: PyJWKClient(issuer.jwks_url, cache_keys=True, lifespan=600, timeout=5)
            for issuer in issuers
        }

    def verify(self, token: str) -> dict:
        issuer = self._select(token)
        try:
            key = self._keys[issuer.url].get_signing_key_from_jwt(token)
            return jwt.decode(
                token,
                key.key,
                algorithms=ALGORITHMS,
                audience=issuer.audience,
                issuer=issuer.url,
                leeway=10,
                options={"require": ["exp", "iat", "sub", "iss", "aud"]},
            )
        except (jwt.PyJWKClientError, jwt.InvalidTokenError) as exc:
            raise Unauthorized(type(exc).__name__) from exc

    def _select(self, token: str) -> Issuer:
        """Only configured issuers can be selected, verify() checks the claim again."""
        try:
            claimed = jwt.decode(token, options={"verify_signature": False}).get("iss")
        except jwt.InvalidTokenError as exc:
            raise Unauthorized("malformed") from exc
        issuer = self._issuers.get(claimed) if isinstance(claimed, str) else None
        if issuer is None:
            raise Unauthorized("unknown issuer")
        return issuer
