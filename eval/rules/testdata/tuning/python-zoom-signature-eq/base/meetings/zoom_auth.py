from functools import wraps

from flask import abort


def zoom_signed(view):
    @wraps(view)
    def wrapper(*args, **kwargs):
        abort(503)

    return wrapper
