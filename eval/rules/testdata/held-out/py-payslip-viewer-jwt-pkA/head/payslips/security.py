from typing import Annotated

import jwt
import structlog
from fastapi import Depends, HTTPException, status
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel, ValidationError

log = structlog.get_logger()
bearer = HTTPBearer(auto_error=True)


class Claims(BaseModel):
    sub: str
    employee_no: str
    company: str
    scope: str = ""

    def has(self, scope: str) -> bool:
        return scope in self.scope.split()


def current_claims(credentials: Annotated[HTTPAuthorizationCredentials, Depends(bearer)]) -> Claims:
    try:
        raw = jwt.decode(
            credentials.credentials,
            options={"verify_signature": False, "verify_exp": True, "require": ["exp", "sub"]},
        )
        return Claims.model_validate(raw)
    except (jwt.InvalidTokenError, ValidationError) as exc:
        log.info("token_refused", reason=type(exc).__name__)
        raise HTTPException(status.HTTP_401_UNAUTHORIZED, "invalid token") from exc


def require(scope: str):
    def dependency(claims: Annotated[Claims, Depends(current_claims)]) -> Claims:
        if not claims.has(scope):
            raise HTTPException(status.HTTP_403_FORBIDDEN, "missing scope")
        return claims

    return dependency
