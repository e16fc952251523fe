import logging
from functools import lru_cache

import jwt
from fastapi import Depends, HTTPException, status
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel

from api.settings import settings

log = logging.getLogger("api.auth")
bearer = HTTPBearer()


class User(BaseModel):
    subject: str
    name: str
    roles: frozenset[str]


@lru_cache(maxsize=1)
def jwks() -> jwt.PyJWKClient:
    return jwt.PyJWKClient(
        "https://login.microsoftonline.com/common/discovery/v2.0/keys", lifespan=3600, timeout=settings.jwks_timeout
    )


def current_user(credentials: HTTPAuthorizationCredentials = Depends(bearer)) -> User:
    try:
        key = jwks().get_signing_key_from_jwt(credentials.credentials)
        claims = jwt.decode(
            credentials.credentials,
            key.key,
            algorithms=["RS256"],
            audience=settings.entra_audience,
            issuer=settings.entra_issuer,
        )
    except jwt.PyJWKClientConnectionError as exc:
        log.error("key set not reachable")
        raise HTTPException(status.HTTP_503_SERVICE_UNAVAILABLE) from exc
    except jwt.PyJWTError as exc:
        raise HTTPException(status.HTTP_401_UNAUTHORIZED, "invalid token") from exc
    return User(subject=claims["sub"], name=claims.get("name", ""), roles=frozenset(claims.get("roles", [])))


def require_role(role: str):
    def check(user: User = Depends(current_user)) -> User:
        if role not in user.roles:
            raise HTTPException(status.HTTP_403_FORBIDDEN)
        return user

    return check
