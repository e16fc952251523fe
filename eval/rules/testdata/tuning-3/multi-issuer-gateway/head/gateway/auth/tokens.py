from dataclasses import dataclass
from functools import lru_cache

import jwt
from fastapi import HTTPException, Request
from jwt import PyJWKClient

from gateway.config import TrustedIssuer, trusted_issuers


@dataclass(frozen=True)
class Caller:
    issuer: str
    subject: str
    scopes: frozenset[str]


@lru_cache(maxsize=32)
def _jwks(url: str) -> PyJWKClient:
    return PyJWKClient(url, cache_keys=True, lifespan=900, timeout=4)


def _issuer_of(token: str) -> TrustedIssuer:
    claims = jwt.decode(token, options={"verify_signature": False})
    issuer = trusted_issuers().get(str(claims.get("iss")))
    if issuer is None:
        raise HTTPException(401, "unknown issuer")
    return issuer


def authenticate(request: Request) -> Caller:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise HTTPException(401, "bearer token required")
    try:
        issuer = _issuer_of(token)
        key = _jwks(issuer.jwks_url).get_signing_key_from_jwt(token)
        claims = jwt.decode(
            token,
            key.key,
            algorithms=issuer.algorithms,
            issuer=issuer.url,
            audience=issuer.audience,
            leeway=10,
            options={"require": ["exp", "iss", "aud", "sub"]},
        )
    except jwt.PyJWTError as exc:
        raise HTTPException(401, "invalid token") from exc
    return Caller(issuer.url, claims["sub"], frozenset(claims.get("scope", "").split()))
