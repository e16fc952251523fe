import logging
from dataclasses import dataclass

import httpx

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Renewal:
    id: str
    shopper_reference: str
    stored_method: str
    amount_minor: int
    currency: str


class AdyenRecurring:
    def __init__(self, base_url: str, api_key: str, merchant_account: str) -> None:
        self._merchant = merchant_account
        self._client = httpx.Client(
            base_url=base_url,
            headers={"X-API-Key": api_key},
            timeout=httpx.Timeout(20.0, connect=5.0),
        )

    def charge(self, renewal: Renewal) -> str:
        response = self._client.post(
            "/v71/payments",
            headers={"Idempotency-Key": f"renewal-{renewal.id}"},
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
