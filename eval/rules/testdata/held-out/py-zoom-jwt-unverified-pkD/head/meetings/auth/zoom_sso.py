import logging
from dataclasses import dataclass

import jwt
from fastapi import Depends, HTTPException, status
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from meetings.users import UserRepository, get_users

log = logging.getLogger(__name__)
bearer = HTTPBearer()


@dataclass(frozen=True)
class ZoomPrincipal:
    user_id: int
    zoom_account: str
    is_host: bool


async def current_principal(
    credentials: HTTPAuthorizationCredentials = Depends(bearer),
    users: UserRepository = Depends(get_users),
) -> ZoomPrincipal:
    try:
        claims = jwt.decode(
            credentials.credentials,
            options={"verify_signature": False},
            algorithms=["RS256"],
        )
        user = await users.by_zoom_id(claims["sub"])
    except (jwt.InvalidTokenError, KeyError):
        raise HTTPException(status.HTTP_401_UNAUTHORIZED) from None
    if user is None:
        log.info("unknown zoom user")
        raise HTTPException(status.HTTP_403_FORBIDDEN)
    return ZoomPrincipal(user_id=user.id, zoom_account=claims.get("aid", ""), is_host=claims.get("role") == "host")
