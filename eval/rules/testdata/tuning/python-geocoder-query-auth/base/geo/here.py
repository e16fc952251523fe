import logging
from urllib.parse import urlencode

import httpx

from geo.models import Coordinates

log = logging.getLogger(__name__)


class HereGeocoder:
    def __init__(self, access_key: str, client: httpx.Client | None = None) -> None:
        self._key = access_key
        self._client = client or httpx.Client(timeout=4.0)

    def _url(self, **query: str) -> str:
        return "https://geocode.search.hereapi.com/v1/geocode?" + urlencode(query)

    def locate(self, address: str, country: str) -> Coordinates | None:
        response = self._client.get(
            self._url(q=address, **{"in": f"countryCode:{country}"}),
            headers={"Authorization": f"Bearer {self._key}"},
        )
        if response.status_code == 400:
            log.info("address not understood", extra={"country": country})
            return None
        if response.is_error:
            raise GeocodingFailed(response.status_code)

        items = response.json().get("items", [])
        if not items:
            return None
        best = max(items, key=lambda i: i.get("scoring", {}).get("queryScore", 0))
        position = best["position"]
        return Coordinates(lat=float(position["lat"]), lng=float(position["lng"]))


class GeocodingFailed(Exception):
    def __init__(self, status: int) -> None:
        super().__init__(f"geocoder answered {status}")
        self.status = status
