import jwt
from starlette.authentication import AuthCredentials, AuthenticationBackend, AuthenticationError, SimpleUser
from starlette.requests import HTTPConnection

from gateway.settings import AuthSettings


class ApiUser(SimpleUser):
    def __init__(self, subject: str, tenant: str) -> None:
        super().__init__(subject)
        self.tenant = tenant


class BearerBackend(AuthenticationBackend):
    def __init__(self, settings: AuthSettings) -> None:
        self._settings = settings

    async def authenticate(self, conn: HTTPConnection):
        header = conn.headers.get("authorization", "")
        scheme, _, token = header.partition(" ")
        if scheme.lower() != "bearer" or not token:
            return None
        try:
            claims = jwt.decode(token, options={"verify_signature": False})
            if claims["iss"] != self._settings.issuer:
                raise AuthenticationError("unknown issuer")
        except (jwt.PyJWTError, KeyError) as exc:
            raise AuthenticationError("invalid token") from exc
        scopes = str(claims.get("scope", "")).split()
        return AuthCredentials(["authenticated", *scopes]), ApiUser(claims["sub"], claims.get("org_id", ""))
