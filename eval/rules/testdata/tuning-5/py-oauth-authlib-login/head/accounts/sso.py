import logging

from authlib.integrations.base_client import OAuthError
from authlib.integrations.starlette_client import OAuth
from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse

from accounts.repository import Accounts, get_accounts
from accounts.settings import settings

log = logging.getLogger(__name__)
router = APIRouter(prefix="/sso/microsoft")

oauth = OAuth()
oauth.register(
    "microsoft",
    client_id=settings.ms_client_id,
    client_secret=settings.ms_client_secret,
    server_metadata_url=f"https://login.microsoftonline.com/{settings.ms_tenant}/v2.0/.well-known/openid-configuration",
    client_kwargs={"scope": "openid email profile", "code_challenge_method": "S256", "timeout": 10},
)


@router.get("/login")
async def login(request: Request):
    return await oauth.microsoft.authorize_redirect(request, settings.ms_redirect_uri)


@router.get("/callback")
async def callback(request: Request, accounts: Accounts = Depends(get_accounts)):
    try:
        token = await oauth.microsoft.authorize_access_token(request)
    except OAuthError as exc:
        log.warning("microsoft sign-in refused: %s", exc.error)
        return RedirectResponse("/login?error=sso", status_code=303)

    claims = token["userinfo"]
    account = await accounts.by_subject(issuer=claims["iss"], subject=claims["sub"])
    if account is None or not account.active:
        log.info("no active account for subject %s", claims["sub"])
        return RedirectResponse("/login?error=unknown", status_code=303)

    request.session.clear()
    request.session["account"] = str(account.id)
    return RedirectResponse("/", status_code=303)
