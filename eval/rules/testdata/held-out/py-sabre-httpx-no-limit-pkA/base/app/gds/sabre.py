from __future__ import annotations

import time
from typing import Any

import httpx
import structlog

from app.settings import Settings

log = structlog.get_logger()


class SabreError(RuntimeError):
    pass


class SabreClient:
    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._http = httpx.AsyncClient(
            base_url=settings.sabre_url,
            timeout=httpx.Timeout(12.0, connect=3.0),
            limits=httpx.Limits(max_connections=50),
        )
        self._token: str | None = None
        self._token_until = 0.0

    async def _bearer(self) -> str:
        if self._token is None or time.monotonic() >= self._token_until:
            response = await self._http.post(
                "/v2/auth/token",
                data={"grant_type": "client_credentials"},
                auth=(self._settings.sabre_client_id, self._settings.sabre_client_secret.get_secret_value()),
            )
            response.raise_for_status()
            body = response.json()
            self._token = body["access_token"]
            self._token_until = time.monotonic() + body["expires_in"] - 60
        return self._token

    async def low_fare_search(self, request: dict[str, Any]) -> list[dict[str, Any]]:
        response = await self._http.post(
            "/v4/offers/shop", json=request, headers={"Authorization": f"Bearer {await self._bearer()}"}
        )
        if response.is_error:
            log.warning("sabre_search_failed", status=response.status_code)
            raise SabreError(f"status {response.status_code}")
        return response.json()["groupedItineraryResponse"].get("itineraryGroups", [])

    async def aclose(self) -> None:
        await self._http.aclose()
