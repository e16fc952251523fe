import hmac
import logging
import os

import psycopg
from flask import Flask, jsonify, request

app = Flask(__name__)
app.config["MAX_CONTENT_LENGTH"] = 256 * 1024
log = logging.getLogger("postnl")


@app.before_request
def authenticate():
    given = request.headers.get("X-Push-Token", "")
    if not hmac.compare_digest(given.encode(), os.environ["POSTNL_PUSH_TOKEN"].encode()):
        return jsonify(error="unauthorized"), 401


@app.post("/push/status")
def status():
    updates = request.get_json().get("Shipments", [])
    changed = 0
    with psycopg.connect(os.environ["DATABASE_URL"], connect_timeout=5) as conn:
        for update in updates:
            cur = conn.execute(
                f"UPDATE parcels SET status = '{update['StatusCode']}', updated_at = now() "
                f"WHERE barcode = '{update['Barcode']}'"
            )
            changed += cur.rowcount
    log.info("postnl push: %d updates, %d parcels changed", len(updates), changed)
    return jsonify(changed=changed)
