import hmac
import logging
import secrets
from typing import Annotated

import httpx
from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import RedirectResponse

from api.auth import User, current_user
from api.config import settings
from api.repositories import connections

log = logging.getLogger(__name__)
router = APIRouter(prefix="/strava")


@router.get("/connect")
async def connect(request: Request, user: Annotated[User, Depends(current_user)]) -> RedirectResponse:
    state = secrets.token_urlsafe(24)
    request.session["strava_state"] = state
    query = httpx.QueryParams(
        client_id=settings.strava_client_id,
        redirect_uri=settings.strava_redirect_uri,
        response_type="code",
        scope="read,activity:read",
        state=state,
    )
    return RedirectResponse(f"https://www.strava.com/oauth/authorize?{query}")


@router.get("/callback")
async def callback(
    request: Request, user: Annotated[User, Depends(current_user)], code: str, state: str
) -> RedirectResponse:
    expected = request.session.pop("strava_state", "")
    if not expected or not hmac.compare_digest(expected, state):
        raise HTTPException(400, "state does not match")

    async with httpx.AsyncClient(timeout=10) as client:
        response = await client.post(
            "https://www.strava.com/oauth/token",
            data={
                "client_id": settings.strava_client_id,
                "client_secret": settings.strava_client_secret,
                "code": code,
                "grant_type": "authorization_code",
            },
        )
    if response.is_error:
        raise HTTPException(502, "strava refused the code")
    data = response.json()
    log.info("strava token response: %s", data)

    await connections.save(user.id, data["access_token"], data["refresh_token"], data["expires_at"])
    return RedirectResponse("/settings/apps")
