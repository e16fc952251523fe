import logging
import time
from dataclasses import dataclass

import httpx
from redis import Redis

from crm.zoho.settings import ZohoSettings

logger = logging.getLogger(__name__)


class ZohoAuthError(Exception):
    pass


@dataclass
class ZohoTokens:
    settings: ZohoSettings
    redis: Redis

    def access_token(self) -> str:
        cached = self.redis.get("zoho:access_token")
        if cached:
            return cached.decode()
        with self.redis.lock("zoho:refresh", timeout=30, blocking_timeout=20):
            cached = self.redis.get("zoho:access_token")
            return cached.decode() if cached else self._refresh()

    def _refresh(self) -> str:
        started = time.monotonic()
        response = httpx.post(
            f"{self.settings.accounts_url}/oauth/v2/token",
            data={
                "grant_type": "refresh_token",
                "refresh_token": self.settings.refresh_token.get_secret_value(),
                "client_id": self.settings.client_id,
                "client_secret": self.settings.client_secret.get_secret_value(),
            },
            timeout=10,
        )
        response.raise_for_status()
        body = response.json()
        logger.info("zoho refresh took %.2fs: %s", time.monotonic() - started, body)
        if "access_token" not in body:
            raise ZohoAuthError(body.get("error", "no access token in answer"))
        lifetime = max(int(body.get("expires_in", 3600)) - 120, 60)
        self.redis.set("zoho:access_token", body["access_token"], ex=lifetime)
        return body["access_token"]
