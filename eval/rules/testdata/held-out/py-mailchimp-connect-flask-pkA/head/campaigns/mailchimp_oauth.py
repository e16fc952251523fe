from urllib.parse import urlencode

import requests
from flask import Blueprint, current_app, flash, redirect, request, url_for
from flask_login import current_user, login_required

from campaigns.extensions import db
from campaigns.models import MailchimpConnection

bp = Blueprint("mailchimp", __name__, url_prefix="/integrations/mailchimp")


@bp.get("/connect")
@login_required
def connect():
    query = urlencode(
        {
            "response_type": "code",
            "client_id": current_app.config["MAILCHIMP_CLIENT_ID"],
            "redirect_uri": url_for("mailchimp.callback", _external=True),
        }
    )
    return redirect(f"https://login.mailchimp.com/oauth2/authorize?{query}")


@bp.get("/callback")
@login_required
def callback():
    try:
        response = requests.post(
            "https://login.mailchimp.com/oauth2/token",
            data={
                "grant_type": "authorization_code",
                "client_id": current_app.config["MAILCHIMP_CLIENT_ID"],
                "client_secret": current_app.config["MAILCHIMP_CLIENT_SECRET"],
                "redirect_uri": url_for("mailchimp.callback", _external=True),
                "code": request.args.get("code", ""),
            },
            timeout=10,
        )
        response.raise_for_status()
        token = response.json()["access_token"]
    except (requests.RequestException, KeyError):
        current_app.logger.exception("mailchimp code not exchanged")
        flash("Mailchimp could not be connected.", "error")
        return redirect(url_for("settings.integrations"))

    connection = MailchimpConnection.for_account(current_user.account_id)
    connection.set_token(token)
    db.session.add(connection)
    db.session.commit()
    return redirect(url_for("settings.integrations"))
