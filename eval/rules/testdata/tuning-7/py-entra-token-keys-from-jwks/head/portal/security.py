import asyncio
import logging
from typing import Annotated

import jwt
from fastapi import Depends, HTTPException, status
from fastapi.security import OAuth2AuthorizationCodeBearer

from portal.settings import settings

logger = logging.getLogger(__name__)

AUTHORITY = f"https://login.microsoftonline.com/{settings.tenant_id}"

scheme = OAuth2AuthorizationCodeBearer(
    authorizationUrl=f"{AUTHORITY}/oauth2/v2.0/authorize",
    tokenUrl=f"{AUTHORITY}/oauth2/v2.0/token",
)
keys = jwt.PyJWKClient(f"{AUTHORITY}/discovery/v2.0/keys", cache_keys=True, lifespan=3600, timeout=5)


def _verify(token: str) -> dict:
    key = keys.get_signing_key_from_jwt(token)
    return jwt.decode(
        token,
        key.key,
        algorithms=["RS256"],
        audience=settings.client_id,
        issuer=f"{AUTHORITY}/v2.0",
        options={"require": ["exp", "iss", "aud", "oid"]},
        leeway=30,
    )


async def current_user(token: Annotated[str, Depends(scheme)]) -> str:
    try:
        claims = await asyncio.to_thread(_verify, token)
    except jwt.PyJWKClientConnectionError as exc:
        logger.error("keys of the authority are not available")
        raise HTTPException(status.HTTP_503_SERVICE_UNAVAILABLE) from exc
    except jwt.PyJWTError as exc:
        logger.info("token refused: %s", type(exc).__name__)
        raise HTTPException(status.HTTP_401_UNAUTHORIZED, "invalid token") from exc
    return claims["oid"]
