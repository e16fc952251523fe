from __future__ import annotations

import hashlib
import hmac
import logging
from collections.abc import Iterator

import requests

from ads.settings import settings

logger = logging.getLogger(__name__)
GRAPH = "https://graph.facebook.com/v21.0"
FIELDS = "id,created_time,ad_id,form_id,field_data"


class GraphError(Exception):
    def __init__(self, status: int, code: int | None) -> None:
        super().__init__(f"graph answered {status} (code {code})")
        self.code = code


class MetaLeads:
    def __init__(self, page_token: str) -> None:
        proof = hmac.new(settings.meta_app_secret.encode(), page_token.encode(), hashlib.sha256)
        self._proof = proof.hexdigest()
        self._session = requests.Session()
        self._session.headers["Authorization"] = f"Bearer {page_token}"

    def of_form(self, form_id: str) -> Iterator[dict]:
        after: str | None = None
        while True:
            params = {"fields": FIELDS, "limit": "100", "appsecret_proof": self._proof}
            if after:
                params["after"] = after
            page = self._get(f"/{form_id}/leads", params)
            yield from page["data"]
            paging = page.get("paging", {})
            if "next" not in paging:
                return
            after = paging["cursors"]["after"]

    def _get(self, path: str, params: dict[str, str]) -> dict:
        response = self._session.get(GRAPH + path, params=params, timeout=(3, 20))
        if response.ok:
            return response.json()
        try:
            code = response.json()["error"]["code"]
        except (ValueError, KeyError, TypeError):
            code = None
        logger.warning("graph %s answered %d", path, response.status_code)
        raise GraphError(response.status_code, code)
