import logging
from functools import lru_cache

import jwt
from flask import abort, current_app, g, request
from jwt import PyJWKClient, PyJWKClientError
from jwt.exceptions import PyJWKClientConnectionError

log = logging.getLogger(__name__)


@lru_cache(maxsize=4)
def _keys(issuer: str) -> PyJWKClient:
    return PyJWKClient(f"{issuer}/v1/keys", cache_keys=True, lifespan=3600, timeout=5)


def load_user() -> None:
    """Registered as before_request of the API blueprint."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        abort(401)

    issuer = current_app.config["OKTA_ISSUER"]
    try:
        key = _keys(issuer).get_signing_key_from_jwt(token)
    except PyJWKClientConnectionError:
        log.error("jwks of %s not reachable", issuer)
        abort(503)
    except PyJWKClientError:
        log.warning("no signing key for token", exc_info=True)
        abort(401)
    except jwt.PyJWTError:
        abort(401)

    try:
        claims = jwt.decode(
            token,
            key.key,
            algorithms=["RS256"],
            issuer=issuer,
            audience=current_app.config["OKTA_AUDIENCE"],
            leeway=30,
            options={"require": ["exp", "iat", "iss", "aud", "sub"]},
        )
    except jwt.PyJWTError as exc:
        kid = jwt.get_unverified_header(token).get("kid")
        log.info("token of key %r refused: %s", kid, type(exc).__name__)
        abort(401)

    g.user_id = claims["sub"]
    g.groups = frozenset(claims.get("groups", ()))
