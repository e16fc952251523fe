"""Pull single QuickBooks payments after a change notification."""
import logging
import random

import requests
from celery import shared_task
from django.conf import settings
from django.db import transaction

from accounting.models import QuickBooksPayment
from accounting.tokens import access_token_for

logger = logging.getLogger(__name__)

MINOR_VERSION = "70"
TRANSIENT = {429, 500, 502, 503, 504}


class TransientQuickBooksError(Exception):
    pass


def _get(realm_id: str, path: str) -> dict:
    response = requests.get(
        f"{settings.QUICKBOOKS_BASE_URL}/v3/company/{realm_id}/{path}",
        params={"minorversion": MINOR_VERSION},
        headers={
            "Authorization": f"Bearer {access_token_for(realm_id)}",
            "Accept": "application/json",
        },
    )
    if response.status_code in TRANSIENT:
        raise TransientQuickBooksError(f"{path}: {response.status_code}")
    response.raise_for_status()
    return response.json()


@shared_task(bind=True, max_retries=5, acks_late=True)
def pull_payment(self, realm_id: str, payment_id: int) -> None:
    try:
        payment = _get(realm_id, f"payment/{int(payment_id)}")["Payment"]
    except (TransientQuickBooksError, requests.ConnectionError) as exc:
        delay = min(600, 15 * 2**self.request.retries)
        raise self.retry(exc=exc, countdown=delay + random.randint(0, 15))

    with transaction.atomic():
        QuickBooksPayment.objects.update_or_create(
            realm_id=realm_id,
            external_id=payment["Id"],
            defaults={
                "sync_token": int(payment["SyncToken"]),
                "total": str(payment["TotalAmt"]),
                "currency": payment["CurrencyRef"]["value"],
                "customer_ref": payment["CustomerRef"]["value"],
            },
        )
    logger.info("payment %s of realm %s pulled", payment["Id"], realm_id)
