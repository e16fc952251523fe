import logging
import threading
import time

import httpx

from carriers.config import FedexConfig

logger = logging.getLogger("carriers.fedex")


class FedexAuthError(RuntimeError):
    pass


class FedexTokens:
    def __init__(self, config: FedexConfig, client: httpx.Client | None = None) -> None:
        self._config = config
        self._client = client or httpx.Client(base_url=config.base_url, timeout=10.0)
        self._lock = threading.Lock()
        self._token: str | None = None
        self._expires = 0.0

    def get(self) -> str:
        with self._lock:
            if self._token is None or time.monotonic() > self._expires - 60:
                self._refresh()
            return self._token

    def _refresh(self) -> None:
        response = self._client.post(
            "/oauth/token",
            data={
                "grant_type": "client_credentials",
                "client_id": self._config.client_id,
                "client_secret": self._config.client_secret,
            },
        )
        if response.status_code != 200:
            raise FedexAuthError(f"token request failed: {response.status_code}")
        body = response.json()
        logger.info("fedex token refreshed: %s", body)
        self._token = body["access_token"]
        self._expires = time.monotonic() + int(body["expires_in"])
