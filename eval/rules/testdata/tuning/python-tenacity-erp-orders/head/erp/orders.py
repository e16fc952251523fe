import logging
from typing import Any

import httpx
from tenacity import (
    before_sleep_log,
    retry,
    retry_if_exception,
    stop_after_attempt,
    stop_after_delay,
    wait_exponential_jitter,
)

logger = logging.getLogger(__name__)

TRANSIENT_STATUS = {429, 502, 503, 504}


def is_transient(exc: BaseException) -> bool:
    match exc:
        case httpx.HTTPStatusError():
            return exc.response.status_code in TRANSIENT_STATUS
        case httpx.ConnectError() | httpx.TimeoutException() | httpx.RemoteProtocolError():
            return True
        case _:
            return False


transient_retry = retry(
    retry=retry_if_exception(is_transient),
    wait=wait_exponential_jitter(initial=0.5, max=30, jitter=2),
    stop=stop_after_attempt(6) | stop_after_delay(120),
    before_sleep=before_sleep_log(logger, logging.WARNING),
    reraise=True,
)


class ErpOrders:
    def __init__(self, base_url: str, token: str) -> None:
        self._client = httpx.Client(
            base_url=base_url,
            headers={"Authorization": f"Bearer {token}"},
            timeout=httpx.Timeout(15.0, connect=3.0),
        )

    @transient_retry
    def _page(self, cursor: str | None) -> dict[str, Any]:
        params = {"limit": 200} | ({"cursor": cursor} if cursor else {})
        response = self._client.get("/orders", params=params)
        response.raise_for_status()
        return response.json()

    def since_start(self) -> list[dict[str, Any]]:
        orders: list[dict[str, Any]] = []
        cursor: str | None = None
        while True:
            page = self._page(cursor)
            orders.extend(page["orders"])
            following = page.get("next_cursor")
            if not following or following == cursor:
                return orders
            cursor = following
