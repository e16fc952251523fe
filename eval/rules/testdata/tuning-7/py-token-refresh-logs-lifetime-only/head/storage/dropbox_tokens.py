import logging
import threading
import time

import requests

logger = logging.getLogger(__name__)
TOKEN_URL = "https://api.dropboxapi.com/oauth2/token"


class DropboxAuthError(RuntimeError):
    pass


class DropboxTokenSource:
    def __init__(self, app_key: str, app_secret: str, refresh_token: str) -> None:
        self._auth = (app_key, app_secret)
        self._refresh_token = refresh_token
        self._token = ""
        self._expires_at = 0.0
        self._lock = threading.Lock()

    def token(self) -> str:
        with self._lock:
            if time.monotonic() >= self._expires_at:
                self._renew()
            return self._token

    def _renew(self) -> None:
        response = requests.post(
            TOKEN_URL,
            data={"grant_type": "refresh_token", "refresh_token": self._refresh_token},
            auth=self._auth,
            timeout=(3, 10),
        )
        if not response.ok:
            logger.error("dropbox token endpoint answered %d", response.status_code)
            raise DropboxAuthError(f"token refresh failed with {response.status_code}")

        body = response.json()
        token, lifetime = body["access_token"], int(body["expires_in"])
        self._token = token
        self._expires_at = time.monotonic() + max(lifetime - 60, 30)
        logger.info(
            "dropbox access token renewed: type=%s lifetime=%ds length=%d",
            body.get("token_type"),
            lifetime,
            len(token),
        )
