import base64
import hashlib
import hmac
import logging
import secrets
from urllib.parse import urlencode

import requests
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect

from banking.vault import store_tokens

logger = logging.getLogger(__name__)
AUTH = "https://auth.truelayer.com"


@login_required
def connect(request: HttpRequest) -> HttpResponse:
    state, verifier = secrets.token_urlsafe(32), secrets.token_urlsafe(64)
    request.session["bank_link"] = {"state": state, "verifier": verifier}
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    query = {
        "response_type": "code",
        "client_id": settings.TRUELAYER_CLIENT_ID,
        "redirect_uri": settings.TRUELAYER_REDIRECT_URI,
        "scope": "accounts transactions offline_access",
        "state": state,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }
    return redirect(f"{AUTH}/?{urlencode(query)}")


@login_required
def callback(request: HttpRequest) -> HttpResponse:
    pending = request.session.pop("bank_link", None)
    returned = request.GET.get("state", "")
    if pending is None or not hmac.compare_digest(pending["state"].encode(), returned.encode()):
        return HttpResponseBadRequest("unknown state")
    form = {
        "grant_type": "authorization_code",
        "client_id": settings.TRUELAYER_CLIENT_ID,
        "client_secret": settings.TRUELAYER_CLIENT_SECRET,
        "redirect_uri": settings.TRUELAYER_REDIRECT_URI,
        "code": request.GET.get("code", ""),
        "code_verifier": pending["verifier"],
    }
    response = requests.post(f"{AUTH}/connect/token", data=form, timeout=10)
    if not response.ok:
        logger.error("truelayer token exchange failed with %s", response.status_code)
        return HttpResponse("bank connection failed", status=502)
    store_tokens(request.user, response.json())
    return redirect("accounts")
