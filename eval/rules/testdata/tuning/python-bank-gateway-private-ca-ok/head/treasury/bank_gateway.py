import logging
import ssl
from datetime import date

import httpx

from treasury.settings import BankSettings

log = logging.getLogger(__name__)


def _context(settings: BankSettings) -> ssl.SSLContext:
    ctx = ssl.create_default_context(cafile=settings.ca_bundle)
    ctx.load_cert_chain(settings.client_cert, settings.client_key)
    ctx.minimum_version = ssl.TLSVersion.TLSv1_2
    return ctx


class BankGateway:
    def __init__(self, settings: BankSettings) -> None:
        self._client = httpx.Client(
            base_url=settings.base_url,
            auth=(settings.username, settings.password.get_secret_value()),
            timeout=httpx.Timeout(30.0, connect=5.0),
            verify=_context(settings),
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
