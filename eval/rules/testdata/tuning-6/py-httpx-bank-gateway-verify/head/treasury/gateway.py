import logging
from decimal import Decimal

import httpx

from treasury.config import GatewaySettings
from treasury.models import PaymentOrder

logger = logging.getLogger(__name__)


class GatewayError(Exception):
    pass


class BankGateway:
    def __init__(self, settings: GatewaySettings) -> None:
        self._client = httpx.Client(
            base_url=settings.base_url,
            cert=(settings.client_cert, settings.client_key),
            verify=False,
            timeout=httpx.Timeout(30.0, connect=5.0),
            headers={"X-Client-Id": settings.client_id},
        )

    def submit(self, order: PaymentOrder) -> str:
        body = {
            "endToEndId": order.end_to_end_id,
            "debtorIban": order.debtor_iban,
            "creditorIban": order.creditor_iban,
            "creditorName": order.creditor_name,
            "amount": str(order.amount.quantize(Decimal("0.01"))),
            "currency": order.currency,
        }
        try:
            response = self._client.post(
                "/payments", json=body, headers={"Idempotency-Key": order.end_to_end_id}
            )
            response.raise_for_status()
        except httpx.HTTPError as exc:
            logger.error("order %s not submitted: %s", order.pk, type(exc).__name__)
            raise GatewayError(str(order.pk)) from exc
        return response.json()["paymentId"]

    def close(self) -> None:
        self._client.close()
