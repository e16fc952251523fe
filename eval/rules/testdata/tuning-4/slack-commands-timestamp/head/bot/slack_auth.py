from __future__ import annotations

import hashlib
import hmac
import logging
import time
from functools import wraps

from flask import abort, current_app, request

logger = logging.getLogger(__name__)

VERSION = "v0"
MAX_AGE = 60 * 5


def _expected_signature(timestamp: str, body: bytes) -> str:
    base = b":".join((VERSION.encode(), timestamp.encode(), body))
    secret = current_app.config["SLACK_SIGNING_SECRET"].encode()
    return f"{VERSION}={hmac.new(secret, base, hashlib.sha256).hexdigest()}"


def slack_signed(view):
    """Guards slash commands and interactive callbacks."""

    @wraps(view)
    def wrapper(*args, **kwargs):
        timestamp = request.headers.get("X-Slack-Request-Timestamp", "")
        signature = request.headers.get("X-Slack-Signature", "")
        if not timestamp.isdigit() or not signature:
            abort(400)
        if abs(time.time() - int(timestamp)) > MAX_AGE:
            logger.warning("slack request with stale timestamp %s", timestamp)
            abort(401)
        expected = _expected_signature(timestamp, request.get_data(cache=True))
        if not hmac.compare_digest(expected.encode(), signature.encode()):
            logger.warning("slack signature mismatch on %s", request.path)
            abort(401)
        return view(*args, **kwargs)

    return wrapper
