from __future__ import annotations

import logging
from datetime import date

import requests
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

log = logging.getLogger(__name__)


class LimitedAdapter(HTTPAdapter):
    """Gives each request that has no limit of its own one of 3 s (connect) and 15 s (read)."""

    def send(self, request, **kwargs):
        if kwargs.get("timeout") is None:
            kwargs["timeout"] = (3, 15)
        return super().send(request, **kwargs)


def _session(api_key: str) -> requests.Session:
    retry = Retry(total=3, backoff_factor=1, status_forcelist=(429, 502, 503), allowed_methods={"GET"})
    session = requests.Session()
    session.headers["Authorization"] = f"Bearer {api_key}"
    session.mount("https://", LimitedAdapter(max_retries=retry))
    return session


class TrustYou:
    BASE = "https://api.trustyou.com/v2"

    def __init__(self, api_key: str) -> None:
        self._session = _session(api_key)

    def score(self, property_id: str) -> float | None:
        response = self._session.get(f"{self.BASE}/properties/{property_id}/score")
        if response.status_code == 404:
            return None
        response.raise_for_status()
        return float(response.json()["score"]["value"])

    def reviews(self, property_id: str, since: date) -> list[dict]:
        url: str | None = f"{self.BASE}/properties/{property_id}/reviews?since={since.isoformat()}"
        collected: list[dict] = []
        while url:
            response = self._session.get(url)
            response.raise_for_status()
            body = response.json()
            collected += body["reviews"]
            url = body["links"].get("next")
        log.info("%d reviews of %s", len(collected), property_id)
        return collected
