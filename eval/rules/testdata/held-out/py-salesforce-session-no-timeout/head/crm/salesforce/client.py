import logging
from urllib.parse import quote

import requests
from django.conf import settings

from crm.salesforce.auth import current_token

logger = logging.getLogger(__name__)

API = "/services/data/v60.0"


class SalesforceError(Exception):
    def __init__(self, operation: str, status: int):
        super().__init__(f"salesforce {operation} failed with {status}")
        self.status = status


class SalesforceClient:
    def __init__(self) -> None:
        self._session = requests.Session()
        self._session.headers["Accept"] = "application/json"

    def upsert_account(self, external_id: str, fields: dict[str, object]) -> str | None:
        path = f"{API}/sobjects/Account/External_Id__c/{quote(external_id, safe='')}"
        body = self._send("upsert account", "PATCH", path, json=fields)
        return body.get("id") if body else None

    def account(self, salesforce_id: str) -> dict:
        return self._send("read account", "GET", f"{API}/sobjects/Account/{quote(salesforce_id, safe='')}")

    def _send(self, operation: str, method: str, path: str, **kwargs):
        token = current_token()
        response = self._session.request(
            method,
            settings.SALESFORCE_INSTANCE_URL + path,
            headers={"Authorization": f"Bearer {token}"},
            **kwargs,
        )
        if response.status_code >= 400:
            logger.warning("salesforce %s: status %s", operation, response.status_code)
            raise SalesforceError(operation, response.status_code)
        return response.json() if response.content else None
