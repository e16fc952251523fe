from __future__ import annotations

import logging
from decimal import Decimal

import httpx
from tenacity import before_sleep_log, retry, retry_if_exception_type, stop_after_attempt, wait_exponential_jitter

logger = logging.getLogger(__name__)


class MollieUnavailable(Exception):
    pass


class MollieRefused(Exception):
    pass


class MollieRefunds:
    def __init__(self, api_key: str) -> None:
        self._http = httpx.Client(
            base_url="https://api.mollie.com/v2",
            headers={"Authorization": f"Bearer {api_key}"},
            timeout=httpx.Timeout(15.0, connect=4.0),
        )

    @retry(
        retry=retry_if_exception_type((MollieUnavailable, httpx.TransportError)),
        stop=stop_after_attempt(4),
        wait=wait_exponential_jitter(initial=1, max=20),
        before_sleep=before_sleep_log(logger, logging.WARNING),
        reraise=True,
    )
    def refund(self, payment_id: str, amount: Decimal, currency: str, description: str) -> str:
        response = self._http.post(
            f"/payments/{payment_id}/refunds",
            json={
                "amount": {"value": f"{amount:.2f}", "currency": currency},
                "description": description,
            },
        )
        if response.status_code == 429 or response.status_code >= 500:
            raise MollieUnavailable(response.status_code)
        if response.is_error:
            raise MollieRefused(f"{payment_id}: {response.status_code}")
        return response.json()["id"]
