import base64
from dataclasses import dataclass

import jwt
from flask import abort, request

from ext_backend.config import config


@dataclass(frozen=True)
class Viewer:
    channel_id: str
    opaque_user_id: str
    role: str


def viewer() -> Viewer:
    header = request.headers.get("Authorization", "")
    scheme, _, token = header.partition(" ")
    if scheme.lower() != "bearer" or not token:
        abort(401)
    try:
        claims = jwt.decode(
            token,
            base64.b64decode(config.twitch_extension_secret),
            algorithms=["HS256"],
            options={"require": ["exp", "channel_id", "opaque_user_id", "role"]},
            leeway=10,
        )
    except jwt.InvalidTokenError:
        abort(401)
    return Viewer(claims["channel_id"], claims["opaque_user_id"], claims["role"])
