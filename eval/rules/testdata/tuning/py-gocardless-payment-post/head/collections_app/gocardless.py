import logging

import requests

from collections_app.errors import CollectionRefused, CollectionUnavailable
from collections_app.models import Mandate

log = logging.getLogger(__name__)


class GoCardless:
    VERSION = "2015-07-06"

    def __init__(self, base_url: str, access_token: str):
        self.base_url = base_url.rstrip("/")
        self._headers = {
            "Authorization": f"Bearer {access_token}",
            "GoCardless-Version": self.VERSION,
            "Accept": "application/json",
        }

    def collect(self, mandate: Mandate, amount_minor: int, currency: str, description: str) -> str:
        """Create a payment; the management command calls this again for rows without a payment id."""
        response = requests.post(
            f"{self.base_url}/payments",
            json={
                "payments": {
                    "amount": amount_minor,
                    "currency": currency,
                    "description": description[:100],
                    "links": {"mandate": mandate.external_id},
                }
            },
            headers=self._headers,
        )
        if response.status_code >= 500 or response.status_code == 429:
            raise CollectionUnavailable(response.status_code)
        if response.status_code != 201:
            error = response.json().get("error", {})
            log.warning("collection refused mandate=%s type=%s", mandate.external_id, error.get("type"))
            raise CollectionRefused(error.get("type"))
        return response.json()["payments"]["id"]
