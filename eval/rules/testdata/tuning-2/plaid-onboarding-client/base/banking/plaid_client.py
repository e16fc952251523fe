"""Small Plaid client, only the calls that onboarding needs."""
import logging
from dataclasses import dataclass

import requests

logger = logging.getLogger(__name__)


class PlaidError(Exception):
    def __init__(self, code, request_id):
        super().__init__(f"plaid error {code} (request {request_id})")
        self.code = code
        self.request_id = request_id


@dataclass(frozen=True)
class LinkedItem:
    item_id: str
    access_token: str


class PlaidClient:
    def __init__(self, base_url, client_id, secret, timeout=10):
        self._base = base_url.rstrip("/")
        self._timeout = timeout
        self._session = requests.Session()
        self._session.headers.update(
            {
                "PLAID-CLIENT-ID": client_id,
                "PLAID-SECRET": secret,
                "Plaid-Version": "2020-09-14",
            }
        )

    def _post(self, path, body):
        response = self._session.post(f"{self._base}{path}", json=body, timeout=self._timeout)
        data = response.json() if response.content else {}
        logger.info("plaid %s -> %s request_id=%s", path, response.status_code, data.get("request_id"))
        if response.status_code != 200:
            raise PlaidError(data.get("error_code"), data.get("request_id"))
        return data

    def exchange(self, public_token):
        data = self._post("/item/public_token/exchange", {"public_token": public_token})
        return LinkedItem(item_id=data["item_id"], access_token=data["access_token"])

    def remove(self, access_token):
        self._post("/item/remove", {"access_token": access_token})
