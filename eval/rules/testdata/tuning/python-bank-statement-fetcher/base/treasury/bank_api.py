from datetime import date
from typing import Iterator

import requests

from treasury.settings import BankSettings

TIMEOUT = (5, 30)


class BankApi:
    def __init__(self, settings: BankSettings) -> None:
        self._root = settings.base_url
        self._session = requests.Session()
        self._session.cert = (settings.client_cert, settings.client_key)
        self._session.verify = settings.ca_bundle
        self._session.headers["X-Client-Id"] = settings.client_id

    def statements(self, iban: str, since: date) -> Iterator[dict]:
        page = 1
        while True:
            response = self._session.get(
                f"{self._root}/accounts/{iban}/statements",
                params={"from": since.isoformat(), "page": page},
                timeout=TIMEOUT,
            )
            response.raise_for_status()
            body = response.json()
            yield from body["items"]
            if page >= body["totalPages"]:
                return
            page += 1

    def close(self) -> None:
        self._session.close()
