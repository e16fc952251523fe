from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime

import requests

from shipping.carriers.errors import CarrierError, TrackingNotFound
from shipping.carriers.tokens import FedexTokenSource

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class TrackingStatus:
    number: str
    code: str
    description: str
    occurred_at: datetime


class FedexTracking:
    def __init__(self, base_url: str, tokens: FedexTokenSource) -> None:
        self._base_url = base_url.rstrip("/")
        self._tokens = tokens

    def latest(self, number: str) -> TrackingStatus:
        response = requests.post(
            f"{self._base_url}/track/v1/trackingnumbers",
            json={
                "includeDetailedScans": False,
                "trackingInfo": [{"trackingNumberInfo": {"trackingNumber": number}}],
            },
            headers={"Authorization": f"Bearer {self._tokens.current()}", "X-locale": "en_US"},
        )
        if response.status_code == 404:
            raise TrackingNotFound(number)
        if not response.ok:
            log.warning("fedex tracking answered %d for %s", response.status_code, number)
            raise CarrierError(f"fedex answered {response.status_code}")

        try:
            results = response.json()["output"]["completeTrackResults"][0]["trackResults"]
            status = results[0]["latestStatusDetail"]
            scanned = results[0]["scanEvents"][0]["date"]
            return TrackingStatus(
                number, status["code"], status["description"], datetime.fromisoformat(scanned)
            )
        except (KeyError, IndexError, ValueError) as exc:
            raise CarrierError("fedex answer has an unexpected shape") from exc
