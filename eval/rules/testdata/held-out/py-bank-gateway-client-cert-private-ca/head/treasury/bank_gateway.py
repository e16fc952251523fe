import logging
import ssl
from datetime import date
from pathlib import Path

import httpx

from treasury.settings import GatewaySettings

logger = logging.getLogger(__name__)


class StatementUnavailable(Exception):
    pass


def _ssl_context(settings: GatewaySettings) -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=str(settings.ca_bundle))
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(settings.client_cert, settings.client_key)
    return context


class BankGateway:
    def __init__(self, settings: GatewaySettings) -> None:
        self._client = httpx.Client(
            base_url=settings.base_url,
            verify=_ssl_context(settings),
            timeout=httpx.Timeout(45.0, connect=5.0),
            headers={"Accept": "application/xml"},
        )

    def download_statement(self, iban: str, day: date, directory: Path) -> Path:
        target = directory / f"camt053-{day.isoformat()}-{iban[-4:]}.xml"
        try:
            response = self._client.get(f"/accounts/{iban}/statements/{day.isoformat()}")
            response.raise_for_status()
        except httpx.HTTPStatusError as exc:
            logger.error("bank gateway answered %d", exc.response.status_code)
            raise StatementUnavailable(day.isoformat()) from exc
        except httpx.TransportError as exc:
            logger.error("bank gateway not reachable: %s", type(exc).__name__)
            raise StatementUnavailable(day.isoformat()) from exc

        partial = target.with_suffix(".part")
        partial.write_bytes(response.content)
        partial.replace(target)
        return target
