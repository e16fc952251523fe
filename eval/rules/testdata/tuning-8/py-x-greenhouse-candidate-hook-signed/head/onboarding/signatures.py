import functools
import hashlib
import hmac

from flask import abort, current_app, request


def signed_by_greenhouse(view):
    @functools.wraps(view)
    def wrapper(*args, **kwargs):
        scheme, _, given = request.headers.get("Signature", "").partition(" ")
        secret = current_app.config["GREENHOUSE_SECRET"].encode()
        expected = hmac.new(secret, request.get_data(cache=True), hashlib.sha256).hexdigest()
        if scheme != "sha256" or not hmac.compare_digest(expected.encode(), given.encode()):
            abort(403)
        return view(*args, **kwargs)

    return wrapper
