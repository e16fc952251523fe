from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime

import requests
from requests.adapters import HTTPAdapter
from urllib3.util.retry import Retry

logger = logging.getLogger(__name__)

PAGE_SIZE = 100
LAST_PAGE = 100


@dataclass(frozen=True)
class Ticket:
    id: int
    status: str
    updated_at: datetime


class ZendeskExport:
    def __init__(self, subdomain: str, email: str, token: str) -> None:
        self._base = f"https://{subdomain}.zendesk.com/api/v2"
        self._session = requests.Session()
        self._session.auth = (f"{email}/token", token)
        retry = Retry(total=5, backoff_factor=1, status_forcelist=(429, 500, 502, 503), respect_retry_after_header=True)
        self._session.mount("https://", HTTPAdapter(max_retries=retry))

    def tickets(self) -> list[Ticket]:
        """All tickets of the account, for the yearly quality report."""
        number, found, page = 0, [], [None] * PAGE_SIZE
        while len(page) == PAGE_SIZE and number < LAST_PAGE:
            number += 1
            response = self._session.get(
                f"{self._base}/tickets.json",
                params={"page": number, "per_page": PAGE_SIZE, "sort_by": "updated_at"},
                timeout=30,
            )
            response.raise_for_status()
            body = response.json()
            page = body["tickets"]
            found += [
                Ticket(t["id"], t["status"], datetime.fromisoformat(t["updated_at"].replace("Z", "+00:00")))
                for t in page
            ]
        logger.info("%d tickets exported", len(found))
        return found
