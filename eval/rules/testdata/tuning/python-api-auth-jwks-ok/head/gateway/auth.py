import anyio
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
        self._jwks = jwt.PyJWKClient(settings.jwks_url, cache_keys=True, lifespan=600, timeout=5)

    async def authenticate(self, conn: HTTPConnection):
        header = conn.headers.get("authorization", "")
        scheme, _, token = header.partition(" ")
        if scheme.lower() != "bearer" or not token:
            return None
        try:
            key = await anyio.to_thread.run_sync(self._jwks.get_signing_key_from_jwt, token)
            claims = jwt.decode(
                token,
                key.key,
                algorithms=["RS256"],
                audience=self._settings.audience,
                issuer=self._settings.issuer,
                options={"require": ["exp", "sub"]},
            )
        except jwt.PyJWTError as exc:
            raise AuthenticationError("invalid token") from exc
        scopes = str(claims.get("scope", "")).split()
        return AuthCredentials(["authenticated", *scopes]), ApiUser(claims["sub"], claims.get("org_id", ""))
