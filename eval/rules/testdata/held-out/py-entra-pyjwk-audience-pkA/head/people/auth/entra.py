from functools import lru_cache
from typing import Annotated

import jwt
import structlog
from fastapi import Depends, HTTPException, status
from fastapi.security import OAuth2AuthorizationCodeBearer
from pydantic import BaseModel

from people.config import settings

log = structlog.get_logger()

scheme = OAuth2AuthorizationCodeBearer(
    authorizationUrl=f"https://login.microsoftonline.com/{settings.tenant_id}/oauth2/v2.0/authorize",
    tokenUrl=f"https://login.microsoftonline.com/{settings.tenant_id}/oauth2/v2.0/token",
)


class Person(BaseModel):
    oid: str
    roles: list[str] = []


@lru_cache(maxsize=1)
def jwks() -> jwt.PyJWKClient:
    return jwt.PyJWKClient(
        f"https://login.microsoftonline.com/{settings.tenant_id}/discovery/v2.0/keys",
        lifespan=3600,
        timeout=5,
    )


def current_person(token: Annotated[str, Depends(scheme)]) -> Person:
    try:
        key = jwks().get_signing_key_from_jwt(token)
        claims = jwt.decode(
            token,
            key.key,
            algorithms=["RS256"],
            audience=settings.api_client_id,
            issuer=f"https://login.microsoftonline.com/{settings.tenant_id}/v2.0",
            options={"require": ["exp", "iat", "oid"]},
        )
    except jwt.PyJWKClientConnectionError as exc:
        log.error("entra_keys_unreachable")
        raise HTTPException(status.HTTP_503_SERVICE_UNAVAILABLE) from exc
    except (jwt.InvalidTokenError, jwt.PyJWKClientError) as exc:
        raise HTTPException(status.HTTP_401_UNAUTHORIZED, "invalid token") from exc
    return Person(oid=claims["oid"], roles=claims.get("roles", []))
