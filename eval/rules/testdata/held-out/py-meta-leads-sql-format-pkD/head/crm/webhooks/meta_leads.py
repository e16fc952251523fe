import hashlib
import hmac

from flask import Blueprint, abort, current_app, request
from sqlalchemy import text

from crm.extensions import db
from crm.tasks import fetch_lead

bp = Blueprint("meta_leads", __name__)


@bp.get("/webhooks/meta")
def subscribe():
    token = request.args.get("hub.verify_token", "")
    if not hmac.compare_digest(token.encode(), current_app.config["META_VERIFY_TOKEN"].encode()):
        abort(403)
    return request.args.get("hub.challenge", ""), 200, {"Content-Type": "text/plain"}


@bp.post("/webhooks/meta")
def leadgen():
    raw = request.get_data()
    expected = "sha256=" + hmac.new(current_app.config["META_APP_SECRET"].encode(), raw, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(expected.encode(), request.headers.get("X-Hub-Signature-256", "").encode()):
        abort(401)

    for entry in request.get_json(force=True).get("entry", []):
        for change in entry.get("changes", []):
            if change.get("field") != "leadgen":
                continue
            value = change["value"]
            db.session.execute(
                text(
                    f"INSERT INTO leads (leadgen_id, form_id, ad_name) "
                    f"VALUES ('{value['leadgen_id']}', '{value['form_id']}', '{value.get('ad_name', '')}') "
                    f"ON CONFLICT (leadgen_id) DO NOTHING"
                )
            )
            db.session.commit()
            fetch_lead.delay(value["leadgen_id"])
    return "", 200
