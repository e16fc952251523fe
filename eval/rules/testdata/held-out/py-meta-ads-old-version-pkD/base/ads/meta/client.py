import logging
from collections.abc import Iterator
from typing import Any

import requests

log = logging.getLogger(__name__)

GRAPH = "https://graph.facebook.com/v21.0"


class MetaAds:
    def __init__(self, token: str, account_id: str) -> None:
        self._account = f"act_{account_id}"
        self._session = requests.Session()
        self._session.headers["Authorization"] = f"Bearer {token}"

    def campaigns(self) -> Iterator[dict[str, Any]]:
        params: dict[str, Any] = {"fields": "id,name,status,objective", "limit": 100}
        while True:
            response = self._session.get(f"{GRAPH}/{self._account}/campaigns", params=params, timeout=30)
            if response.status_code != 200:
                log.error("meta campaigns: %s", response.status_code)
                response.raise_for_status()
            body = response.json()
            yield from body["data"]
            paging = body.get("paging", {})
            if "next" not in paging:
                return
            params["after"] = paging["cursors"]["after"]
