import logging
from datetime import date

import httpx

from treasury.settings import BankSettings

log = logging.getLogger(__name__)


class BankGateway:
    def __init__(self, settings: BankSettings) -> None:
        self._client = httpx.Client(
            base_url=settings.base_url,
            auth=(settings.username, settings.password.get_secret_value()),
            timeout=httpx.Timeout(30.0, connect=5.0),
            verify=False,
        )

    def statement(self, iban: str, day: date) -> bytes:
        res = self._client.get(f"/statements/{iban}", params={"date": day.isoformat(), "format": "camt.053"})
        if res.status_code == 404:
            log.info("no statement yet for %s", day)
            return b""
        res.raise_for_status()
        return res.content

    def close(self) -> None:
        self._client.close()
