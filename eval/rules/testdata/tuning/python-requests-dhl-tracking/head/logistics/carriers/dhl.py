from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import requests
from requests.adapters import HTTPAdapter
from urllib3.util.retry import Retry


class CarrierError(RuntimeError):
    pass


@dataclass(frozen=True)
class TrackingStatus:
    code: str
    description: str
    occurred_at: datetime


class DhlTracking:
    def __init__(self, base_url: str, api_key: str) -> None:
        self._base_url = base_url.rstrip("/")
        self._session = requests.Session()
        self._session.headers.update({"DHL-API-Key": api_key, "Accept": "application/json"})
        retry = Retry(
            total=3,
            backoff_factor=0.5,
            status_forcelist=(429, 502, 503, 504),
            allowed_methods=frozenset({"GET"}),
            respect_retry_after_header=True,
        )
        self._session.mount("https://", HTTPAdapter(max_retries=retry, pool_maxsize=20))

    def status(self, tracking_number: str) -> TrackingStatus | None:
        response = self._session.get(
            f"{self._base_url}/track/shipments",
            params={"trackingNumber": tracking_number, "language": "en"},
        )
        if response.status_code == 404:
            return None
        if not response.ok:
            raise CarrierError(f"DHL answered {response.status_code} for {tracking_number}")

        shipments = response.json().get("shipments") or []
        if not shipments:
            return None
        status = shipments[0]["status"]
        return TrackingStatus(
            code=status["statusCode"],
            description=status.get("description", ""),
            occurred_at=datetime.fromisoformat(status["timestamp"]),
        )
