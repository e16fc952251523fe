import logging
from dataclasses import dataclass
from typing import Annotated

import jwt
from fastapi import Depends, HTTPException, status
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from api.settings import settings

logger = logging.getLogger(__name__)
_bearer = HTTPBearer(auto_error=True)


@dataclass(frozen=True, slots=True)
class Principal:
    subject: str
    scopes: frozenset[str]


def current_principal(
    credentials: Annotated[HTTPAuthorizationCredentials, Depends(_bearer)],
) -> Principal:
    try:
        claims = jwt.decode(
            credentials.credentials,
            audience=settings.auth0_audience,
            issuer=f"https://{settings.auth0_domain}/",
            options={
                "verify_signature": False,
                "verify_exp": True,
                "verify_aud": True,
                "require": ["exp", "sub", "aud"],
            },
        )
    except jwt.PyJWTError as exc:
        logger.info("token refused: %s", type(exc).__name__)
        raise HTTPException(
            status.HTTP_401_UNAUTHORIZED, headers={"WWW-Authenticate": "Bearer"}
        ) from exc
    return Principal(claims["sub"], frozenset(claims.get("scope", "").split()))


def require_scope(scope: str):
    def check(principal: Annotated[Principal, Depends(current_principal)]) -> Principal:
        if scope not in principal.scopes:
            raise HTTPException(status.HTTP_403_FORBIDDEN, detail="missing scope")
        return principal

    return check
