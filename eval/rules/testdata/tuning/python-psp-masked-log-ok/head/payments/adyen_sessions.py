import logging
import uuid

import Adyen

from payments.models import PaymentAttempt

logger = logging.getLogger(__name__)


class AdyenPayments:
    def __init__(self, client: Adyen.Adyen, merchant_account: str) -> None:
        self._adyen = client
        self._merchant = merchant_account

    def authorise(self, attempt: PaymentAttempt, payment_method: dict, shopper: dict) -> str:
        request = {
            "merchantAccount": self._merchant,
            "amount": {"value": attempt.amount_minor, "currency": attempt.currency},
            "reference": attempt.reference,
            "paymentMethod": payment_method,
            "shopperEmail": shopper["email"],
            "returnUrl": attempt.return_url,
        }
        logger.info("adyen request reference=%s method=%s", attempt.reference, payment_method.get("type"))
        result = self._adyen.checkout.payments_api.payments(
            request, idempotency_key=str(uuid.uuid5(uuid.NAMESPACE_URL, attempt.reference))
        )
        logger.info(
            "adyen answer reference=%s psp=%s code=%s",
            attempt.reference,
            result.message.get("pspReference"),
            result.message.get("resultCode"),
        )

        attempt.psp_reference = result.message["pspReference"]
        attempt.result_code = result.message["resultCode"]
        attempt.save(update_fields=["psp_reference", "result_code"])
        return attempt.result_code
