from __future__ import annotations

import logging
from dataclasses import dataclass

import httpx

from places.here_auth import HereTokens

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Coordinates:
    lat: float
    lng: float
    score: float


class GeocodingFailed(Exception):
    pass


class HereGeocoder:
    URL = "https://geocode.search.hereapi.com/v1/geocode"

    def __init__(self, tokens: HereTokens, client: httpx.Client | None = None) -> None:
        self._tokens = tokens
        self._client = client or httpx.Client(headers={"User-Agent": "places/1.4"})

    def locate(self, address: str, country: str) -> Coordinates | None:
        try:
            response = self._client.get(
                self.URL,
                params={"q": address, "in": f"countryCode:{country.upper()}", "limit": 1},
                headers={"Authorization": f"Bearer {self._tokens.current()}"},
            )
        except httpx.TransportError as exc:
            raise GeocodingFailed(type(exc).__name__) from exc

        if response.status_code != 200:
            logger.warning("geocoder answered %d", response.status_code)
            raise GeocodingFailed(f"status {response.status_code}")

        results = response.json().get("items", [])
        if not results:
            return None
        best = results[0]
        return Coordinates(
            best["position"]["lat"], best["position"]["lng"], best["scoring"]["queryScore"]
        )
