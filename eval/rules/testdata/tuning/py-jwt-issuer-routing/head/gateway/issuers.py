import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import jwt
from jwt import PyJWKClient

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Issuer:
    url: str
    audience: str
    jwks: PyJWKClient


class TokenRejected(Exception):
    pass


class IssuerRegistry:
    def __init__(self, issuers: Mapping[str, Issuer]) -> None:
        self._issuers = dict(issuers)

    @classmethod
    def from_settings(cls, entries: list[dict[str, str]]) -> "IssuerRegistry":
        return cls(
            {
                e["url"]: Issuer(e["url"], e["audience"], PyJWKClient(e["jwks_uri"], cache_keys=True, timeout=5))
                for e in entries
            }
        )

    def verify(self, token: str) -> dict[str, Any]:
        try:
            hint = jwt.decode(token, options={"verify_signature": False}).get("iss")
            issuer = self._issuers.get(hint) if isinstance(hint, str) else None
            if issuer is None:
                raise TokenRejected("issuer is not registered")
            key = issuer.jwks.get_signing_key_from_jwt(token)
            claims = jwt.decode(
                token,
                key.key,
                algorithms=["RS256", "ES256"],
                audience=issuer.audience,
                issuer=issuer.url,
                leeway=30,
                options={"require": ["exp", "iat", "sub"]},
            )
        except jwt.PyJWTError as exc:
            log.info("token rejected: %s", type(exc).__name__)
            raise TokenRejected(type(exc).__name__) from exc
        return claims
