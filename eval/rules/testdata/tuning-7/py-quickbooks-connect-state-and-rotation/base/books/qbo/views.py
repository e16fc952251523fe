import hmac
import logging
import secrets
from urllib.parse import urlencode

import requests
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from books.qbo.models import QboConnection

log = logging.getLogger(__name__)
AUTHORIZE_URL = "https://appcenter.intuit.com/connect/oauth2"
TOKEN_URL = "https://oauth.platform.intuit.com/oauth2/v1/tokens/bearer"


@login_required
@require_GET
def connect(request: HttpRequest) -> HttpResponse:
    nonce = secrets.token_urlsafe(32)
    request.session["qbo_nonce"] = nonce
    query = urlencode(
        {
            "client_id": settings.QBO_CLIENT_ID,
            "redirect_uri": settings.QBO_REDIRECT_URI,
            "response_type": "code",
            "scope": "com.intuit.quickbooks.accounting",
            "state": nonce,
        }
    )
    return redirect(f"{AUTHORIZE_URL}?{query}")


@login_required
@require_GET
def callback(request: HttpRequest) -> HttpResponse:
    nonce = request.session.pop("qbo_nonce", "")
    if not nonce or not hmac.compare_digest(nonce.encode(), request.GET.get("state", "").encode()):
        return HttpResponseBadRequest("connection expired, please start again")
    code, realm = request.GET.get("code"), request.GET.get("realmId")
    if not code or not realm:
        return redirect("settings:integrations")

    response = requests.post(
        TOKEN_URL,
        data={"grant_type": "authorization_code", "code": code, "redirect_uri": settings.QBO_REDIRECT_URI},
        auth=(settings.QBO_CLIENT_ID, settings.QBO_CLIENT_SECRET),
        timeout=(3, 15),
    )
    if not response.ok:
        log.warning("quickbooks token exchange answered %d", response.status_code)
        return HttpResponse(status=502)

    QboConnection.objects.store(user=request.user, realm_id=realm, tokens=response.json())
    return redirect("settings:integrations")
