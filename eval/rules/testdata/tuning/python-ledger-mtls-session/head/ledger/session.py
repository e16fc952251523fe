from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path

import requests

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class MutualTls:
    certificate: Path
    key: Path
    ca_bundle: Path

    def __post_init__(self) -> None:
        for path in (self.certificate, self.key, self.ca_bundle):
            if not path.is_file():
                raise FileNotFoundError(path)


class LedgerClient:
    def __init__(self, base_url: str, tls: MutualTls, timeout: float = 12.0) -> None:
        if not base_url.startswith("https://"):
            raise ValueError("the ledger is only reachable over https")
        self._base_url = base_url
        self._timeout = timeout
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.cert = (str(tls.certificate), str(tls.key))
        self._session.verify = str(tls.ca_bundle)

    def balance_minor(self, account: str) -> int:
        response = self._session.get(
            f"{self._base_url}/accounts/{requests.utils.quote(account, safe='')}/balance",
            timeout=self._timeout,
        )
        response.raise_for_status()
        return int(response.json()["balanceMinor"])

    def put_entry(self, entry_id: str, account: str, amount_minor: int) -> None:
        """The ledger treats a repeated PUT of the same entry as success."""
        response = self._session.put(
            f"{self._base_url}/entries/{requests.utils.quote(entry_id, safe='')}",
            json={"account": account, "amountMinor": amount_minor},
            timeout=self._timeout,
        )
        if response.status_code == 409:
            log.error("entry differs from stored entry", extra={"entry": entry_id})
        response.raise_for_status()
