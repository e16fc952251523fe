import logging
import time

import requests

from crm.settings import Zoho

logger = logging.getLogger("crm.zoho")


class ZohoAuthError(Exception):
    pass


class ZohoAuth:
    def __init__(self, settings: Zoho) -> None:
        self._settings = settings
        self._token = ""
        self._valid_until = 0.0

    def header(self) -> dict[str, str]:
        if time.monotonic() >= self._valid_until:
            self._refresh()
        return {"Authorization": f"Zoho-oauthtoken {self._token}"}

    def _refresh(self) -> None:
        response = requests.post(
            f"{self._settings.accounts_url}/oauth/v2/token",
            params={
                "grant_type": "refresh_token",
                "refresh_token": self._settings.refresh_token,
                "client_id": self._settings.client_id,
                "client_secret": self._settings.client_secret,
            },
            timeout=10,
        )
        if not response.ok:
            logger.error("zoho refresh failed: status=%s url=%s", response.status_code, response.url)
            raise ZohoAuthError("zoho refused the refresh token")
        body = response.json()
        if "access_token" not in body:
            raise ZohoAuthError(body.get("error", "no token in answer"))
        self._token = body["access_token"]
        self._valid_until = time.monotonic() + body.get("expires_in", 3600) - 120
