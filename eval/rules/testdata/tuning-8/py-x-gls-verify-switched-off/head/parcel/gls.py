import logging

import requests
import urllib3

from parcel.errors import CarrierError, CarrierUnavailable

log = logging.getLogger(__name__)


class GlsClient:
    """Creates parcels with the customer's GLS account."""

    def __init__(self, base_url: str, user: str, password: str) -> None:
        self._base = base_url.rstrip("/")
        self._http = requests.Session()
        self._http.auth = (user, password)
        self._http.headers["Accept"] = "application/glsVersion1+json, application/json"
        urllib3.disable_warnings(urllib3.exceptions.InsecureRequestWarning)
        self._http.verify = False

    def end_of_day(self, day: str) -> list[dict]:
        try:
            response = self._http.post(f"{self._base}/rs/shipments/endofday", params={"date": day}, timeout=20)
        except requests.RequestException as exc:
            raise CarrierUnavailable("gls did not answer") from exc
        if response.status_code >= 500:
            raise CarrierUnavailable(f"gls answered {response.status_code}")
        if response.status_code >= 400:
            raise CarrierError(response.headers.get("message", f"status {response.status_code}"))
        shipments = response.json().get("Shipments", [])
        log.info("gls end of day %s: %d shipments", day, len(shipments))
        return shipments
