from authlib.integrations.base_client import OAuthError
from authlib.integrations.flask_client import OAuth
from flask import Blueprint, abort, current_app, redirect, session, url_for

from web.users import find_or_create

bp = Blueprint("login", __name__)
oauth = OAuth()

LANDING = {"home": "pages.home", "billing": "billing.overview", "team": "team.members"}


def init_app(app) -> None:
    oauth.init_app(app)
    oauth.register(
        "auth0",
        client_id=app.config["AUTH0_CLIENT_ID"],
        client_secret=app.config["AUTH0_CLIENT_SECRET"],
        server_metadata_url=f"https://{app.config['AUTH0_DOMAIN']}/.well-known/openid-configuration",
        client_kwargs={"scope": "openid email", "code_challenge_method": "S256", "timeout": 10},
    )


@bp.get("/login", defaults={"target": "home"})
@bp.get("/login/<target>")
def login(target: str):
    if target not in LANDING:
        abort(404)
    session["landing"] = target
    return oauth.auth0.authorize_redirect(url_for("login.callback", _external=True))


@bp.get("/login/callback")
def callback():
    try:
        token = oauth.auth0.authorize_access_token()
    except OAuthError as exc:
        current_app.logger.info("login refused: %s", exc.error)
        abort(400)
    info = token["userinfo"]
    if not info.get("email_verified"):
        abort(403)
    landing = session.pop("landing", "home")
    session.clear()
    session["user_id"] = find_or_create(info["sub"], info["email"]).id
    return redirect(url_for(LANDING[landing]))
