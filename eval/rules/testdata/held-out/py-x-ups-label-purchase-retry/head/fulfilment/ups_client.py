import logging

import requests
from requests.adapters import HTTPAdapter
from urllib3.util.retry import Retry

from fulfilment.ups_auth import TokenProvider

log = logging.getLogger(__name__)

BASE = "https://onlinetools.ups.com/api"


class UpsClient:
    def __init__(self, tokens: TokenProvider, account: str) -> None:
        self._tokens = tokens
        self._account = account
        self._session = requests.Session()
        retry = Retry(
            total=4,
            backoff_factor=0.8,
            status_forcelist=(500, 502, 503, 504),
            allowed_methods=frozenset({"GET", "POST"}),
        )
        self._session.mount("https://", HTTPAdapter(max_retries=retry))

    def buy_label(self, order) -> dict:
        response = self._session.post(
            f"{BASE}/shipments/v2409/ship",
            json={
                "ShipmentRequest": {
                    "Shipment": order.to_ups(self._account),
                    "LabelSpecification": {"LabelImageFormat": {"Code": "PDF"}},
                }
            },
            headers={"Authorization": f"Bearer {self._tokens.current()}"},
            timeout=(3.05, 20),
        )
        response.raise_for_status()
        results = response.json()["ShipmentResponse"]["ShipmentResults"]
        log.info("ups label bought order=%s shipment=%s", order.id, results["ShipmentIdentificationNumber"])
        return results
