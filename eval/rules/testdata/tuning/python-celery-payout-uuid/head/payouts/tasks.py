import uuid

import requests
from celery import shared_task
from django.conf import settings

from payouts.models import Payout

API = "https://api.transferwise.com"


def _headers() -> dict[str, str]:
    return {"Authorization": f"Bearer {settings.WISE_API_TOKEN}"}


@shared_task(
    bind=True,
    autoretry_for=(requests.ConnectionError, requests.Timeout),
    retry_backoff=5,
    retry_backoff_max=600,
    retry_jitter=True,
    max_retries=6,
    acks_late=True,
)
def send_payout(self, payout_id: int) -> None:
    payout = Payout.objects.select_related("recipient").get(pk=payout_id)
    if payout.transfer_id:
        return

    res = requests.post(
        f"{API}/v1/transfers",
        headers=_headers(),
        json={
            "targetAccount": payout.recipient.wise_account_id,
            "quoteUuid": payout.quote_uuid,
            "customerTransactionId": str(uuid.uuid4()),
            "details": {"reference": payout.reference[:10]},
        },
        timeout=(5, 30),
    )
    res.raise_for_status()
    payout.transfer_id = res.json()["id"]
    payout.save(update_fields=["transfer_id"])
