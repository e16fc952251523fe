import logging
from dataclasses import dataclass

import requests
from tenacity import before_sleep_log, retry, retry_if_exception_type

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Point:
    lat: float
    lon: float


class NoMatch(Exception):
    """The address is not known to the geocoder."""


class Geocoder:
    def __init__(self, base_url: str, api_key: str) -> None:
        self._url = f"{base_url.rstrip('/')}/v1/search"
        self._session = requests.Session()
        self._session.headers["X-Api-Key"] = api_key

    @retry(
        retry=retry_if_exception_type(requests.RequestException),
        before_sleep=before_sleep_log(logger, logging.WARNING),
    )
    def _search(self, address: str, country: str) -> list:
        response = self._session.get(
            self._url,
            params={"q": address, "country": country, "limit": 1},
            timeout=(3, 10),
        )
        response.raise_for_status()
        return response.json()["features"]

    def locate(self, address: str, country: str) -> Point:
        features = self._search(address, country)
        if not features:
            raise NoMatch(country)
        lon, lat = features[0]["geometry"]["coordinates"]
        if not (-90 <= lat <= 90 and -180 <= lon <= 180):
            raise ValueError("coordinates are out of range")
        return Point(lat=lat, lon=lon)
