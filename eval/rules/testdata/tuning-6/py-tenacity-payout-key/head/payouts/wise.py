import logging
from uuid import UUID, uuid5

import httpx
from tenacity import before_sleep_log, retry, retry_if_exception, stop_after_attempt, wait_exponential_jitter

from payouts.models import Payout

logger = logging.getLogger(__name__)

NAMESPACE = UUID("6b0b4f57-5d0f-4d0b-a4f4-3c2f9f4e8b11")


def _transient(exc: BaseException) -> bool:
    if isinstance(exc, httpx.TransportError):
        return True
    return isinstance(exc, httpx.HTTPStatusError) and (
        exc.response.status_code == 429 or exc.response.status_code >= 500
    )


class WisePayouts:
    def __init__(self, client: httpx.Client) -> None:
        self._client = client

    @retry(
        retry=retry_if_exception(_transient),
        stop=stop_after_attempt(5),
        wait=wait_exponential_jitter(initial=1, max=30),
        before_sleep=before_sleep_log(logger, logging.WARNING),
        reraise=True,
    )
    def create_transfer(self, payout: Payout) -> int:
        response = self._client.post(
            "/v1/transfers",
            json={
                "targetAccount": payout.recipient_account_id,
                "quoteUuid": str(payout.quote_id),
                # the same payout always has the same transaction id, Wise answers with the first transfer
                "customerTransactionId": str(uuid5(NAMESPACE, str(payout.id))),
                "details": {"reference": payout.reference},
            },
            timeout=30,
        )
        response.raise_for_status()
        return int(response.json()["id"])
