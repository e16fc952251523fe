import logging
from dataclasses import dataclass

import jwt
from fastapi import Depends, HTTPException, status
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from jwt import PyJWKClient

from api.settings import settings

logger = logging.getLogger(__name__)
bearer = HTTPBearer(auto_error=True)
jwks = PyJWKClient(f"{settings.okta_issuer}/v1/keys", cache_keys=True, timeout=5)


@dataclass(frozen=True)
class Principal:
    subject: str
    tenant: str
    groups: frozenset[str]


def _unauthorized(detail: str) -> HTTPException:
    return HTTPException(
        status.HTTP_401_UNAUTHORIZED, detail, headers={"WWW-Authenticate": "Bearer"}
    )


def current_principal(creds: HTTPAuthorizationCredentials = Depends(bearer)) -> Principal:
    try:
        key = jwks.get_signing_key_from_jwt(creds.credentials)
        claims = jwt.decode(
            creds.credentials,
            key.key,
            algorithms=["RS256"],
            audience=settings.okta_audience,
            issuer=settings.okta_issuer,
        )
    except jwt.PyJWTError as exc:
        logger.info("token refused: %s", type(exc).__name__)
        raise _unauthorized("invalid token") from exc

    tenant = claims.get("tenant")
    if not tenant or not claims.get("sub"):
        raise _unauthorized("token without tenant")
    return Principal(
        subject=claims["sub"],
        tenant=tenant,
        groups=frozenset(claims.get("groups", [])),
    )


def require_group(name: str):
    def dependency(principal: Principal = Depends(current_principal)) -> Principal:
        if name not in principal.groups:
            raise HTTPException(status.HTTP_403_FORBIDDEN, f"group {name} required")
        return principal

    return dependency
