import logging
import uuid

from square.client import Client
from tenacity import retry, retry_if_exception_type, stop_after_attempt, wait_random_exponential

from kiosk.config import settings
from kiosk.payments.errors import PaymentDeclined, PaymentTransientError
from kiosk.payments.models import KioskPayment

log = logging.getLogger(__name__)


class SquareGateway:
    def __init__(self) -> None:
        self._client = Client(
            access_token=settings.square_access_token,
            environment=settings.square_environment,
            square_version="2024-11-20",
            timeout=20,
            max_retries=0,
        )

    @retry(
        retry=retry_if_exception_type(PaymentTransientError),
        wait=wait_random_exponential(multiplier=0.5, max=8),
        stop=stop_after_attempt(4),
        reraise=True,
    )
    def pay(self, payment: KioskPayment, source_id: str) -> str:
        result = self._client.payments.create_payment(
            body={
                "source_id": source_id,
                "idempotency_key": str(uuid.uuid4()),
                "amount_money": {"amount": payment.amount_minor, "currency": payment.currency},
                "location_id": settings.square_location_id,
                "reference_id": str(payment.order_id),
                "autocomplete": True,
            }
        )
        if result.is_success():
            return result.body["payment"]["id"]

        codes = {error["code"] for error in result.errors}
        log.warning("square payment for order %s failed: %s", payment.order_id, sorted(codes))
        if result.status_code >= 500 or result.status_code == 429:
            raise PaymentTransientError(codes)
        raise PaymentDeclined(codes)
