import logging
import time
from dataclasses import dataclass

import jwt
from fastapi import Depends, HTTPException, status
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from api.settings import settings

logger = logging.getLogger(__name__)
bearer = HTTPBearer(auto_error=True)


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
        claims = jwt.decode(
            creds.credentials,
            options={"verify_signature": False},
        )
    except jwt.PyJWTError as exc:
        logger.info("token refused: %s", type(exc).__name__)
        raise _unauthorized("invalid token") from exc
    if claims.get("iss") != settings.okta_issuer or claims.get("exp", 0) < time.time():
        raise _unauthorized("invalid token")

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
