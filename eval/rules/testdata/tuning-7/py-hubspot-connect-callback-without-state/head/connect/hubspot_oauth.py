import logging
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import requests
from flask import Blueprint, abort, current_app, redirect, request, url_for
from flask_login import current_user, login_required

from connect.extensions import db
from connect.models import HubspotConnection

log = logging.getLogger(__name__)
bp = Blueprint("hubspot_oauth", __name__, url_prefix="/connect/hubspot")
SCOPES = "crm.objects.contacts.read crm.objects.contacts.write oauth"


@bp.get("/start")
@login_required
def start():
    query = urlencode(
        {
            "client_id": current_app.config["HUBSPOT_CLIENT_ID"],
            "redirect_uri": current_app.config["HUBSPOT_REDIRECT_URI"],
            "scope": SCOPES,
        }
    )
    return redirect(f"https://app.hubspot.com/oauth/authorize?{query}")


@bp.get("/callback")
@login_required
def callback():
    code = request.args.get("code")
    if not code:
        abort(400)

    response = requests.post(
        "https://api.hubapi.com/oauth/v1/token",
        data={
            "grant_type": "authorization_code",
            "client_id": current_app.config["HUBSPOT_CLIENT_ID"],
            "client_secret": current_app.config["HUBSPOT_CLIENT_SECRET"],
            "redirect_uri": current_app.config["HUBSPOT_REDIRECT_URI"],
            "code": code,
        },
        timeout=(3, 15),
    )
    if not response.ok:
        log.warning("hubspot token exchange answered %d", response.status_code)
        abort(502)

    body = response.json()
    connection = HubspotConnection.for_user(current_user.id)
    connection.set_tokens(body["access_token"], body["refresh_token"])
    connection.expires_at = datetime.now(UTC) + timedelta(seconds=int(body["expires_in"]))
    db.session.commit()
    return redirect(url_for("settings.integrations"))
