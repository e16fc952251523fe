import functools
import logging
import os

import requests
from flask import abort, request
from google.auth import exceptions
from google.auth.transport.requests import Request
from google.oauth2 import id_token

log = logging.getLogger("refunds.auth")

AUDIENCE = os.environ["PUSH_AUDIENCE"]
SENDER = os.environ["PUSH_SERVICE_ACCOUNT"]

_transport = functools.partial(Request(requests.Session()), timeout=10)


def from_subscription(view):
    @functools.wraps(view)
    def wrapper(*args, **kwargs):
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        if scheme != "Bearer":
            abort(401)
        try:
            claims = id_token.verify_oauth2_token(token, _transport, audience=AUDIENCE)
        except (ValueError, exceptions.GoogleAuthError):
            log.warning("push token refused")
            abort(401)
        if claims.get("email") != SENDER or not claims.get("email_verified"):
            abort(403)
        return view(*args, **kwargs)

    return wrapper
