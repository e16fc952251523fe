from collections.abc import Callable
from functools import wraps

from flask import abort, current_app, request
from twilio.request_validator import RequestValidator


def from_twilio_only(view: Callable) -> Callable:
    @wraps(view)
    def wrapped(*args, **kwargs):
        validator = RequestValidator(current_app.config["TWILIO_AUTH_TOKEN"])
        # the public address, since the app sees the one behind the proxy
        url = current_app.config["PUBLIC_URL"] + request.full_path.rstrip("?")
        signature = request.headers.get("X-Twilio-Signature", "")
        if not validator.validate(url, request.form, signature):
            abort(403)
        return view(*args, **kwargs)

    return wrapped
