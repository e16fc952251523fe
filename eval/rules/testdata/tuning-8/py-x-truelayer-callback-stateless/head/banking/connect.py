import logging
from urllib.parse import urlencode

import httpx
from flask import Blueprint, abort, current_app, redirect, request, url_for
from flask_login import current_user, login_required

from banking.vault import store_tokens

bp = Blueprint("banking", __name__, url_prefix="/banking")
log = logging.getLogger(__name__)

AUTH = "https://auth.truelayer.com"
SCOPES = "accounts balance transactions offline_access"


@bp.get("/connect")
@login_required
def connect():
    query = urlencode(
        {
            "response_type": "code",
            "client_id": current_app.config["TRUELAYER_CLIENT_ID"],
            "redirect_uri": url_for("banking.callback", _external=True, _scheme="https"),
            "scope": SCOPES,
            "providers": "uk-ob-all",
        }
    )
    return redirect(f"{AUTH}/?{query}")


@bp.get("/callback")
@login_required
def callback():
    code = request.args.get("code")
    if not code:
        log.info("bank connection declined: %s", request.args.get("error"))
        abort(400)
    response = httpx.post(
        f"{AUTH}/connect/token",
        data={
            "grant_type": "authorization_code",
            "client_id": current_app.config["TRUELAYER_CLIENT_ID"],
            "client_secret": current_app.config["TRUELAYER_CLIENT_SECRET"],
            "redirect_uri": url_for("banking.callback", _external=True, _scheme="https"),
            "code": code,
        },
        timeout=10,
    )
    if response.is_error:
        log.error("token exchange failed: %s", response.status_code)
        abort(502)
    store_tokens(current_user.id, response.json())
    return redirect(url_for("dashboard.accounts"))
