import logging
from datetime import date

import requests

from treasury.config import BankConfig

log = logging.getLogger(__name__)

MAX_BYTES = 20 * 1024 * 1024


class StatementUnavailable(Exception):
    pass


class BankGateway:
    def __init__(self, config: BankConfig) -> None:
        self._config = config

    def statement(self, iban: str, day: date) -> bytes:
        with requests.get(
            f"{self._config.base_url}/accounts/{iban}/statements/{day:%Y-%m-%d}"
            "?format=camt053",
            headers={"X-Api-Key": self._config.api_key},
            verify=self._config.ca_bundle,
            timeout=(5, 60),
            stream=True,
        ) as response:
            if response.status_code != 200:
                raise StatementUnavailable(f"{day}: status {response.status_code}")
            chunks, size = [], 0
            for chunk in response.iter_content(64 * 1024):
                size += len(chunk)
                if size > MAX_BYTES:
                    raise StatementUnavailable(f"{day}: statement is too large")
                chunks.append(chunk)
        log.info("statement of %s has %d bytes", day, size)
        return b"".join(chunks)
