import enum
import logging
from uuid import UUID

import httpx

log = logging.getLogger(__name__)


class PaymentState(str, enum.Enum):
    PENDING = "pending"
    SETTLED = "settled"
    FAILED = "failed"


_STATES = {
    "accepted": PaymentState.PENDING,
    "submitted": PaymentState.PENDING,
    "released_to_gateway": PaymentState.PENDING,
    "delivery_failed": PaymentState.FAILED,
}


def to_state(status: str) -> PaymentState:
    return _STATES.get(status, PaymentState.SETTLED)


class Form3Payments:
    def __init__(self, client: httpx.Client, organisation: UUID) -> None:
        self._client = client
        self._organisation = organisation

    def state(self, payment_id: UUID, submission_id: UUID) -> PaymentState:
        response = self._client.get(
            f"/v1/transaction/payments/{payment_id}/submissions/{submission_id}", timeout=10
        )
        response.raise_for_status()
        status = response.json()["data"]["attributes"]["status"]
        state = to_state(status)
        log.info("payment %s is %s (%s)", payment_id, state.value, status)
        return state
