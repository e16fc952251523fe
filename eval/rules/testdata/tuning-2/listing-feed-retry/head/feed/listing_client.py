import logging

import httpx
from tenacity import RetryCallState, before_sleep_log, retry, retry_if_exception, stop_after_attempt
from tenacity.wait import wait_random_exponential

logger = logging.getLogger(__name__)

RETRY_STATUS = frozenset({429, 502, 503, 504})
MAX_RETRY_AFTER = 60.0

_backoff = wait_random_exponential(multiplier=0.5, max=20)


def _worth_retrying(exc: BaseException) -> bool:
    if isinstance(exc, httpx.HTTPStatusError):
        return exc.response.status_code in RETRY_STATUS
    return isinstance(exc, httpx.TransportError)


def _wait(state: RetryCallState) -> float:
    exc = state.outcome.exception() if state.outcome else None
    if isinstance(exc, httpx.HTTPStatusError):
        header = exc.response.headers.get("retry-after", "")
        if header.isdigit():
            return min(float(header), MAX_RETRY_AFTER) + _backoff(state)
    return _backoff(state)


class ListingClient:
    def __init__(self, base_url: str, key: str) -> None:
        self._http = httpx.Client(
            base_url=base_url, headers={"X-Api-Key": key}, timeout=httpx.Timeout(10.0, connect=3.0)
        )

    @retry(
        retry=retry_if_exception(_worth_retrying),
        wait=_wait,
        stop=stop_after_attempt(5),
        before_sleep=before_sleep_log(logger, logging.INFO),
        reraise=True,
    )
    def _page(self, cursor: str | None) -> dict:
        params = {"limit": "200"} | ({"cursor": cursor} if cursor else {})
        response = self._http.get("/v2/listings", params=params)
        response.raise_for_status()
        return response.json()

    def listings(self):
        cursor = None
        while True:
            page = self._page(cursor)
            yield from page["items"]
            cursor = page.get("nextCursor")
            if not cursor:
                return
