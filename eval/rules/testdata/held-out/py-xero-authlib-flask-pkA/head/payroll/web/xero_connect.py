from authlib.integrations.base_client import OAuthError
from authlib.integrations.flask_client import OAuth
from flask import Blueprint, current_app, flash, redirect, url_for
from flask_login import current_user

from payroll.auth import admin_required
from payroll.extensions import db
from payroll.models import AccountingConnection

oauth = OAuth()
oauth.register(
    "xero",
    client_id=None,  # XERO_CLIENT_ID and XERO_CLIENT_SECRET of the app config
    client_secret=None,
    authorize_url="https://login.xero.com/identity/connect/authorize",
    access_token_url="https://identity.xero.com/connect/token",
    client_kwargs={
        "scope": "offline_access accounting.transactions",
        "code_challenge_method": "S256",
        "default_timeout": 10,
    },
)

bp = Blueprint("xero", __name__, url_prefix="/accounting/xero")


@bp.get("/connect")
@admin_required
def connect():
    return oauth.xero.authorize_redirect(url_for("xero.callback", _external=True))


@bp.get("/callback")
@admin_required
def callback():
    try:
        token = oauth.xero.authorize_access_token(timeout=10)
    except OAuthError as exc:
        current_app.logger.warning("xero connect refused: %s", exc.error)
        flash("Xero could not be connected.", "error")
        return redirect(url_for("settings.accounting"))

    connection = AccountingConnection.for_company(current_user.company_id)
    connection.store_token(token)
    db.session.add(connection)
    db.session.commit()
    return redirect(url_for("settings.accounting"))
