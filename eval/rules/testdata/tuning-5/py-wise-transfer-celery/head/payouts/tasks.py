import logging
import uuid

import requests
from celery import shared_task
from django.conf import settings
from django.utils import timezone

from payouts.models import Payout

logger = logging.getLogger(__name__)


@shared_task(
    bind=True,
    autoretry_for=(requests.ConnectionError, requests.Timeout),
    retry_backoff=5,
    retry_jitter=True,
    max_retries=5,
)
def send_payout(self, payout_id: int) -> None:
    payout = Payout.objects.select_related("recipient").get(pk=payout_id)
    if payout.status != Payout.APPROVED:
        logger.info("payout %s is %s, nothing to send", payout_id, payout.status)
        return

    response = requests.post(
        f"{settings.WISE_BASE_URL}/v1/transfers",
        headers={"Authorization": f"Bearer {settings.WISE_TOKEN}"},
        json={
            "targetAccount": payout.recipient.wise_account_id,
            "quoteUuid": str(payout.quote_uuid),
            "customerTransactionId": str(uuid.uuid4()),
            "details": {"reference": payout.reference[:10]},
        },
        timeout=(3, 20),
    )
    if response.status_code >= 400:
        payout.status = Payout.FAILED
        payout.failure = f"wise {response.status_code}"
        payout.save(update_fields=["status", "failure"])
        logger.error("wise refused payout %s with %s", payout_id, response.status_code)
        return

    payout.wise_transfer_id = response.json()["id"]
    payout.status = Payout.SENT
    payout.sent_at = timezone.now()
    payout.save(update_fields=["wise_transfer_id", "status", "sent_at"])
