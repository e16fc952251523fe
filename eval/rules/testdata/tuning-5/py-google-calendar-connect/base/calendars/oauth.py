import logging
import secrets
from urllib.parse import urlencode

import httpx
from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import RedirectResponse

from calendars.deps import current_user
from calendars.settings import settings
from calendars.tokens import save_tokens

router = APIRouter(prefix="/calendars/google")
log = logging.getLogger(__name__)


@router.get("/connect")
async def connect(request: Request, user=Depends(current_user)):
    state = secrets.token_urlsafe(24)
    request.session["google_state"] = state
    query = {
        "client_id": settings.google_client_id,
        "redirect_uri": settings.google_redirect_uri,
        "response_type": "code",
        "scope": "https://www.googleapis.com/auth/calendar.events",
        "access_type": "offline",
        "prompt": "consent",
        "state": state,
    }
    return RedirectResponse(f"https://accounts.google.com/o/oauth2/v2/auth?{urlencode(query)}")


@router.get("/callback")
async def callback(request: Request, code: str, state: str, user=Depends(current_user)):
    if not secrets.compare_digest(state, request.session.pop("google_state", "")):
        raise HTTPException(400, "state mismatch")
    async with httpx.AsyncClient(timeout=10) as http:
        answer = await http.post(
            "https://oauth2.googleapis.com/token",
            data={
                "code": code,
                "client_id": settings.google_client_id,
                "client_secret": settings.google_client_secret,
                "redirect_uri": settings.google_redirect_uri,
                "grant_type": "authorization_code",
            },
        )
    if answer.status_code != 200:
        log.warning("google token exchange answered %s", answer.status_code)
        raise HTTPException(502, "google refused the code")
    await save_tokens(user.id, "google", answer.json())
    return RedirectResponse("/settings/calendars")
