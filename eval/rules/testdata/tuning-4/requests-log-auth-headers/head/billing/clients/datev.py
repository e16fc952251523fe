import logging
import time
from typing import Any
from uuid import uuid4

import requests

from billing.settings import DATEV_BASE_URL, datev_token

logger = logging.getLogger("billing.datev")


class DatevError(Exception):
    def __init__(self, status: int, detail: str) -> None:
        super().__init__(f"DATEV answered {status}: {detail}")
        self.status = status


class DatevClient:
    def __init__(self, session: requests.Session | None = None) -> None:
        self._session = session or requests.Session()

    def _request(self, method: str, path: str, **kwargs: Any) -> dict:
        headers = {
            "Authorization": f"Bearer {datev_token()}",
            "Accept": "application/json",
            "X-Request-Id": str(uuid4()),
        }
        started = time.monotonic()
        response = self._session.request(
            method, DATEV_BASE_URL + path, headers=headers, timeout=20, **kwargs
        )
        logger.info(
            "%s %s headers=%s -> %s in %.0f ms",
            method,
            path,
            dict(response.request.headers),
            response.status_code,
            (time.monotonic() - started) * 1000,
        )
        if response.status_code >= 400:
            raise DatevError(response.status_code, response.text[:200])
        return response.json()

    def accounts(self, client_id: str) -> dict:
        return self._request("GET", f"/clients/{client_id}/accounts")

    def upload_document(self, client_id: str, document: bytes) -> dict:
        return self._request("PUT", f"/clients/{client_id}/documents/{uuid4()}", data=document)
