import logging
from dataclasses import dataclass

import httpx
from tenacity import (
    before_sleep_log,
    retry,
    retry_if_exception,
    stop_after_attempt,
    wait_random_exponential,
)

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Renewal:
    id: str
    shopper_reference: str
    stored_method: str
    amount_minor: int
    currency: str


def _transient(exc: BaseException) -> bool:
    if isinstance(exc, httpx.TransportError):
        return True
    return isinstance(exc, httpx.HTTPStatusError) and exc.response.status_code in (429, 500, 502, 503, 504)


class AdyenRecurring:
    def __init__(self, base_url: str, api_key: str, merchant_account: str) -> None:
        self._merchant = merchant_account
        self._client = httpx.Client(
            base_url=base_url,
            headers={"X-API-Key": api_key},
            timeout=httpx.Timeout(20.0, connect=5.0),
        )

    @retry(
        retry=retry_if_exception(_transient),
        wait=wait_random_exponential(multiplier=1, max=20),
        stop=stop_after_attempt(4),
        before_sleep=before_sleep_log(logger, logging.WARNING),
        reraise=True,
    )
    def charge(self, renewal: Renewal) -> str:
        response = self._client.post(
            "/v71/payments",
            json={
                "merchantAccount": self._merchant,
                "reference": renewal.id,
                "amount": {"value": renewal.amount_minor, "currency": renewal.currency},
                "shopperReference": renewal.shopper_reference,
                "shopperInteraction": "ContAuth",
                "recurringProcessingModel": "Subscription",
                "paymentMethod": {"type": "scheme", "storedPaymentMethodId": renewal.stored_method},
            },
        )
        response.raise_for_status()
        result = response.json()
        logger.info("renewal %s: %s", renewal.id, result["resultCode"])
        return result["resultCode"]
