import logging
from decimal import Decimal

import httpx
from pydantic import BaseModel
from tenacity import retry, retry_if_exception, stop_after_attempt, wait_random_exponential

from payments.config import settings
from payments.money import format_amount

logger = logging.getLogger(__name__)


class Amount(BaseModel):
    currency: str
    value: Decimal


class MolliePayment(BaseModel):
    id: str
    status: str
    amount: Amount


def _temporary(exc: BaseException) -> bool:
    if isinstance(exc, httpx.HTTPStatusError):
        return exc.response.status_code == 429 or exc.response.status_code >= 500
    return isinstance(exc, httpx.TransportError)


class MollieGateway:
    def __init__(self) -> None:
        self._http = httpx.Client(
            base_url="https://api.mollie.com/v2",
            headers={"Authorization": f"Bearer {settings.mollie_api_key}"},
            timeout=10.0,
        )

    @retry(
        stop=stop_after_attempt(4),
        wait=wait_random_exponential(multiplier=0.5, max=20),
        retry=retry_if_exception(_temporary),
        reraise=True,
    )
    def charge_mandate(self, order_id: str, customer_id: str, amount: Decimal, currency: str) -> MolliePayment:
        response = self._http.post(
            "/payments",
            headers={"Idempotency-Key": f"order-charge-{order_id}"},
            json={
                "amount": {"currency": currency, "value": format_amount(amount, currency)},
                "customerId": customer_id,
                "sequenceType": "recurring",
                "description": f"Order {order_id}",
                "metadata": {"order_id": order_id},
            },
        )
        response.raise_for_status()
        payment = MolliePayment.model_validate_json(response.content)
        logger.info("mollie payment %s for order %s is %s", payment.id, order_id, payment.status)
        return payment
