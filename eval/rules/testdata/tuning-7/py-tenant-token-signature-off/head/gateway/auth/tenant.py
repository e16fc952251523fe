import logging
from dataclasses import dataclass
from typing import Annotated

import jwt
from fastapi import Depends, HTTPException, status
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from gateway.settings import settings

logger = logging.getLogger(__name__)
bearer = HTTPBearer(auto_error=True)


@dataclass(frozen=True)
class Tenant:
    id: str
    roles: frozenset[str]


def current_tenant(
    credentials: Annotated[HTTPAuthorizationCredentials, Depends(bearer)],
) -> Tenant:
    try:
        claims = jwt.decode(
            credentials.credentials,
            options={"verify_signature": False, "verify_exp": True, "require": ["exp", "sub"]},
            audience=settings.api_audience,
        )
    except jwt.InvalidTokenError as exc:
        logger.info("token refused: %s", type(exc).__name__)
        raise HTTPException(status.HTTP_401_UNAUTHORIZED, "invalid token") from exc

    if claims.get("iss") != settings.issuer:
        raise HTTPException(status.HTTP_401_UNAUTHORIZED, "invalid issuer")
    return Tenant(id=claims["sub"], roles=frozenset(claims.get("roles", [])))


def require_admin(tenant: Annotated[Tenant, Depends(current_tenant)]) -> Tenant:
    if "admin" not in tenant.roles:
        raise HTTPException(status.HTTP_403_FORBIDDEN, "admin role required")
    return tenant
