import logging
from decimal import Decimal

import requests
from requests.adapters import HTTPAdapter
from urllib3.util.retry import Retry

from shipping.labels.models import Label

log = logging.getLogger(__name__)
BASE = "https://api.goshippo.com"


class LabelPurchaseError(Exception):
    pass


def build_session(token: str) -> requests.Session:
    session = requests.Session()
    session.headers["Authorization"] = f"ShippoToken {token}"
    session.headers["Shippo-API-Version"] = "2018-02-08"
    retry = Retry(
        total=4,
        backoff_factor=1,
        status_forcelist=[429, 500, 502, 503, 504],
        allowed_methods=None,
    )
    session.mount("https://", HTTPAdapter(max_retries=retry))
    return session


class ShippoLabels:
    def __init__(self, session: requests.Session) -> None:
        self._session = session

    def buy(self, shipment_id: str, rate_id: str) -> Label:
        response = self._session.post(
            f"{BASE}/transactions/",
            json={"rate": rate_id, "label_file_type": "PDF_4x6", "async": False},
            timeout=(3, 25),
        )
        response.raise_for_status()
        body = response.json()
        if body.get("status") != "SUCCESS":
            log.error("label for shipment %s refused: %s", shipment_id, body.get("status"))
            raise LabelPurchaseError(shipment_id)
        return Label(
            shipment_id=shipment_id,
            tracking_number=body["tracking_number"],
            url=body["label_url"],
            cost=Decimal(body["rate"]["amount"]) if isinstance(body.get("rate"), dict) else None,
        )
