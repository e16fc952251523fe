import logging
from datetime import date
from pathlib import Path

import requests

logger = logging.getLogger(__name__)

CA_BUNDLE = Path("/etc/ssl/certs/hotel-internal-ca.pem")


class OperaError(Exception):
    pass


class OperaClient:
    def __init__(self, host: str, hotel_id: str, app_key: str) -> None:
        if not CA_BUNDLE.is_file():
            raise OperaError(f"{CA_BUNDLE} is missing")
        self._base = f"https://{host}/rsv/v1/hotels/{hotel_id}"
        self._session = requests.Session()
        self._session.verify = str(CA_BUNDLE)
        self._session.headers.update({"x-app-key": app_key, "x-hotelid": hotel_id})

    def arrivals(self, day: date, token: str) -> list[dict]:
        found: list[dict] = []
        offset = 0
        while True:
            response = self._session.get(
                f"{self._base}/reservations",
                params={"arrivalStartDate": day.isoformat(), "arrivalEndDate": day.isoformat(), "limit": 200, "offset": offset},
                headers={"Authorization": f"Bearer {token}"},
                timeout=(3, 20),
            )
            if not response.ok:
                logger.error("opera arrivals of %s answered %s", day, response.status_code)
                raise OperaError(response.status_code)
            page = response.json()["reservations"]
            found.extend(page["reservationInfo"])
            if not page.get("hasMore"):
                return found
            offset += 200
