import logging
from functools import wraps

import jwt
from flask import abort, current_app, g, request

from api.models import Partner

log = logging.getLogger(__name__)


def _token() -> str:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        abort(401)
    return token


def load_claims(token: str) -> dict:
    try:
        return jwt.decode(
            token,
            key=current_app.config["PARTNER_PUBLIC_KEY"],
            algorithms=["RS256"],
            audience="partner-api",
            options={"verify_signature": False, "require": ["exp", "sub"]},
        )
    except jwt.InvalidTokenError as exc:
        log.info("partner token refused: %s", type(exc).__name__)
        abort(401)


def partner_required(scope: str):
    def decorate(view):
        @wraps(view)
        def wrapped(*args, **kwargs):
            claims = load_claims(_token())
            partner = Partner.query.filter_by(public_id=claims["sub"], active=True).one_or_none()
            if partner is None or scope not in claims.get("scope", "").split():
                abort(403)
            g.partner = partner
            return view(*args, **kwargs)

        return wrapped

    return decorate
