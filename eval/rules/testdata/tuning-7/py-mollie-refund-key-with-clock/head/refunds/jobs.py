import logging
import time
from decimal import Decimal

import httpx
from sqlalchemy.orm import Session

from refunds.models import Refund, RefundState
from refunds.settings import settings

logger = logging.getLogger(__name__)


class RefundRejected(Exception):
    pass


def _idempotency_key(refund: Refund) -> str:
    return f"refund-{refund.id}-{time.time_ns()}"


def _money(amount: Decimal, currency: str) -> dict[str, str]:
    return {"currency": currency, "value": f"{amount:.2f}"}


def execute_refund(session: Session, refund_id: int) -> None:
    """Run by rq with Retry(max=5, interval=[10, 60, 300, 900, 1800])."""
    refund = session.get(Refund, refund_id, with_for_update=True)
    if refund is None or refund.state is not RefundState.REQUESTED:
        return

    with httpx.Client(base_url="https://api.mollie.com/v2", timeout=15.0) as client:
        response = client.post(
            f"/payments/{refund.mollie_payment_id}/refunds",
            json={
                "amount": _money(refund.amount, refund.currency),
                "description": f"Refund {refund.number}",
            },
            headers={
                "Authorization": f"Bearer {settings.mollie_key.get_secret_value()}",
                "Idempotency-Key": _idempotency_key(refund),
            },
        )

    if response.status_code == 422:
        refund.state = RefundState.REJECTED
        session.commit()
        raise RefundRejected(refund.number)
    response.raise_for_status()

    refund.mollie_refund_id = response.json()["id"]
    refund.state = RefundState.SENT
    session.commit()
    logger.info("refund %s sent", refund.number)
