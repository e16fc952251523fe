import logging
from functools import lru_cache
from typing import Annotated, Any

import jwt
from fastapi import Depends, HTTPException, status
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from api.config import Settings, get_settings

logger = logging.getLogger(__name__)
bearer = HTTPBearer()


@lru_cache(maxsize=4)
def _keys(issuer: str) -> jwt.PyJWKClient:
    return jwt.PyJWKClient(f"{issuer}/.well-known/jwks.json", cache_keys=True, lifespan=3600, timeout=5)


def _unauthorized() -> HTTPException:
    return HTTPException(status.HTTP_401_UNAUTHORIZED, "invalid token", headers={"WWW-Authenticate": "Bearer"})


def current_claims(
    credentials: Annotated[HTTPAuthorizationCredentials, Depends(bearer)],
    settings: Annotated[Settings, Depends(get_settings)],
) -> dict[str, Any]:
    try:
        key = _keys(settings.cognito_issuer).get_signing_key_from_jwt(credentials.credentials)
        # access tokens of Cognito have no aud, the client is in client_id
        claims = jwt.decode(
            credentials.credentials,
            key.key,
            algorithms=["RS256"],
            issuer=settings.cognito_issuer,
            options={"verify_aud": False, "require": ["exp", "iss", "sub", "client_id", "token_use"]},
        )
    except jwt.PyJWKClientConnectionError as exc:
        raise HTTPException(status.HTTP_503_SERVICE_UNAVAILABLE, "keys not available") from exc
    except jwt.PyJWTError as exc:
        logger.info("token rejected: %s", type(exc).__name__)
        raise _unauthorized() from exc

    if claims["token_use"] != "access" or claims["client_id"] not in settings.cognito_client_ids:
        raise _unauthorized()
    return claims
