import logging
from typing import Any

import requests

from procurement.settings import ErpSettings

log = logging.getLogger(__name__)


class ErpError(Exception):
    pass


class ErpClient:
    def __init__(self, settings: ErpSettings) -> None:
        self._base = settings.base_url.rstrip("/")
        self._timeout = (settings.connect_timeout, settings.read_timeout)
        self._session = requests.Session()
        self._session.verify = False
        self._session.headers.update(
            {
                "Authorization": f"Bearer {settings.token}",
                "Accept": "application/json",
                "X-Client": "procurement",
            }
        )

    def purchase_order(self, number: str) -> dict[str, Any]:
        return self._get("/purchase-orders", {"number": number})

    def supplier(self, code: str) -> dict[str, Any]:
        return self._get("/suppliers", {"code": code})

    def _get(self, path: str, params: dict[str, str]) -> dict[str, Any]:
        try:
            response = self._session.get(self._base + path, params=params, timeout=self._timeout)
        except requests.RequestException as exc:
            raise ErpError(f"erp not reachable: {type(exc).__name__}") from exc

        log.info(
            "erp %s -> %d, sent %s", path, response.status_code, dict(response.request.headers)
        )
        if response.status_code == 404:
            return {}
        if not response.ok:
            raise ErpError(f"erp answered {response.status_code} for {path}")
        return response.json()
