import logging

import requests
from requests_oauthlib import OAuth1
from tenacity import before_sleep_log, retry, retry_if_exception, stop_after_attempt, wait_random_exponential

log = logging.getLogger("erp.netsuite")


class RecordRefused(Exception):
    pass


def _transient(exc: BaseException) -> bool:
    if isinstance(exc, requests.HTTPError):
        return exc.response.status_code in (429, 500, 502, 503, 504)
    return isinstance(exc, (requests.ConnectionError, requests.Timeout))


class Records:
    def __init__(self, base: str, auth: OAuth1) -> None:
        self._base = base
        self._session = requests.Session()
        self._session.auth = auth

    @retry(
        retry=retry_if_exception(_transient),
        wait=wait_random_exponential(multiplier=1, max=60),
        stop=stop_after_attempt(5),
        before_sleep=before_sleep_log(log, logging.WARNING),
        reraise=True,
    )
    def upsert_journal_entry(self, external_id: str, lines: list[dict], subsidiary: int) -> None:
        response = self._session.put(
            f"{self._base}/journalEntry/eid:{external_id}",
            json={"subsidiary": {"id": subsidiary}, "line": {"items": lines}},
            timeout=60,
        )
        if response.status_code == 400:
            details = response.json().get("o:errorDetails", [])
            raise RecordRefused("; ".join(d.get("detail", "") for d in details))
        response.raise_for_status()
