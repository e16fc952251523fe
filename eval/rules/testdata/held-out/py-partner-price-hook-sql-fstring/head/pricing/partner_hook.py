import hashlib
import hmac
import logging
import time

from flask import Blueprint, abort, current_app, request
from psycopg_pool import PoolTimeout

from pricing.db import pool

log = logging.getLogger(__name__)
bp = Blueprint("partner_prices", __name__)
MAX_AGE = 300


def _authenticate() -> None:
    stamp = request.headers.get("X-Partner-Timestamp", "")
    if not stamp.isdigit() or abs(time.time() - int(stamp)) > MAX_AGE:
        abort(401)
    key = current_app.config["PARTNER_HMAC_KEY"].encode()
    expected = hmac.new(key, stamp.encode() + b"." + request.get_data(), hashlib.sha256).hexdigest()
    received = request.headers.get("X-Partner-Signature", "")
    if not hmac.compare_digest(expected.encode(), received.encode()):
        abort(401)


@bp.put("/partner/prices")
def set_prices():
    _authenticate()
    body = request.get_json()
    items = body.get("items") if isinstance(body, dict) else None
    if not isinstance(items, list) or len(items) > 500:
        abort(422)

    updated = 0
    try:
        with pool.connection(timeout=5) as conn, conn.cursor() as cur:
            for item in items:
                if not isinstance(item, dict) or not {"sku", "price"} <= item.keys():
                    abort(422)
                cur.execute(
                    f"UPDATE partner_price SET price = {item['price']}, updated_at = now() "
                    f"WHERE sku = '{item['sku']}'"
                )
                updated += cur.rowcount
    except PoolTimeout:
        log.exception("no database connection for partner prices")
        abort(503)

    log.info("partner prices: %d of %d updated", updated, len(items))
    return {"updated": updated}
