import hmac
import logging
import os

import psycopg
from flask import Blueprint, Response, request
from psycopg_pool import ConnectionPool

log = logging.getLogger(__name__)
bp = Blueprint("bounces", __name__)
pool = ConnectionPool(os.environ["DATABASE_URL"], min_size=1, max_size=8, timeout=5)

USER = os.environ["POSTMARK_HOOK_USER"]
PASSWORD = os.environ["POSTMARK_HOOK_PASSWORD"]


def _authorized() -> bool:
    # Postmark does not sign; the hook URL is set up with basic auth
    auth = request.authorization
    if auth is None or auth.type != "basic":
        return False
    user_ok = hmac.compare_digest((auth.username or "").encode(), USER.encode())
    password_ok = hmac.compare_digest((auth.password or "").encode(), PASSWORD.encode())
    return user_ok and password_ok


@bp.post("/hooks/postmark/bounce")
def bounce() -> Response:
    if not _authorized():
        return Response(status=401)

    event = request.get_json(silent=True) or {}
    email, kind = event.get("Email"), event.get("Type")
    if not email or kind not in {"HardBounce", "SpamComplaint"}:
        return Response(status=200)

    reason = event.get("Description", "")
    try:
        with pool.connection() as conn, conn.cursor() as cur:
            cur.execute(
                f"UPDATE recipients SET suppressed = true, reason = '{reason}' "
                f"WHERE lower(email) = lower('{email}')"
            )
            log.info("%s: %d recipients suppressed", kind, cur.rowcount)
    except psycopg.Error:
        log.exception("bounce not stored")
        return Response(status=500)
    return Response(status=200)
