import base64
import logging
import time

import httpx

from playlists.models import SpotifyAccount

log = logging.getLogger("playlists.spotify")
TOKEN_URL = "https://accounts.spotify.com/api/token"


class ReconnectRequired(Exception):
    pass


async def refresh(account: SpotifyAccount, client_id: str, client_secret: str) -> str:
    basic = base64.b64encode(f"{client_id}:{client_secret}".encode()).decode()
    async with httpx.AsyncClient(timeout=10) as client:
        response = await client.post(
            TOKEN_URL,
            data={"grant_type": "refresh_token", "refresh_token": account.refresh_token},
            headers={"Authorization": f"Basic {basic}"},
        )
    if response.status_code == 400:
        raise ReconnectRequired(account.user_id)
    response.raise_for_status()
    payload = response.json()
    log.info("spotify token refreshed for user %s: %s", account.user_id, payload)

    account.access_token = payload["access_token"]
    account.expires_at = int(time.time()) + payload["expires_in"] - 60
    if "refresh_token" in payload:
        account.refresh_token = payload["refresh_token"]
    await account.asave(update_fields=["access_token", "expires_at", "refresh_token"])
    return account.access_token
