from dataclasses import dataclass

import requests
from requests.adapters import HTTPAdapter
from urllib3.util.retry import Retry


class LookupFailed(RuntimeError):
    pass


@dataclass(frozen=True)
class Candidate:
    line1: str
    city: str
    postcode: str


class AddressLookup:
    def __init__(self, base_url: str, api_key: str) -> None:
        retries = Retry(total=2, backoff_factor=0.5, status_forcelist=(502, 503, 504), allowed_methods={"GET"})
        self._session = requests.Session()
        self._session.timeout = 5
        self._session.headers["X-Api-Key"] = api_key
        self._session.mount("https://", HTTPAdapter(max_retries=retries))
        self._base_url = base_url

    def search(self, text: str, country: str) -> list[Candidate]:
        response = self._session.get(
            f"{self._base_url}/search",
            params={"q": text[:200], "country": country, "limit": 10},
        )
        if response.status_code != 200:
            raise LookupFailed(f"lookup answered {response.status_code}")
        body = response.json()
        try:
            return [Candidate(c["line1"], c["city"], c["postcode"]) for c in body["candidates"]]
        except (KeyError, TypeError) as exc:
            raise LookupFailed("unexpected lookup response") from exc
