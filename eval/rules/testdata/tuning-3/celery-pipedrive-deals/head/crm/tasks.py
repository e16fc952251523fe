import logging

import requests
from celery import shared_task
from django.conf import settings

from crm.models import Deal

logger = logging.getLogger(__name__)


class PipedriveBusy(Exception):
    """429 or 5xx: worth another attempt."""


@shared_task(
    bind=True,
    autoretry_for=(PipedriveBusy, requests.ConnectionError, requests.Timeout),
    retry_backoff=5,
    retry_backoff_max=900,
    retry_jitter=True,
    max_retries=6,
    acks_late=True,
    rate_limit="8/s",
)
def push_deal_stage(self, deal_id: int) -> None:
    deal = Deal.objects.get(pk=deal_id)
    response = requests.patch(
        f"https://{settings.PIPEDRIVE_DOMAIN}.pipedrive.com/api/v2/deals/{deal.pipedrive_id}",
        json={"stage_id": deal.stage.pipedrive_id},
        headers={"x-api-token": settings.PIPEDRIVE_TOKEN},
        timeout=(3.05, 15),
    )
    if response.status_code == 429 or response.status_code >= 500:
        raise PipedriveBusy(f"pipedrive answered {response.status_code}")
    if response.status_code == 404:
        logger.warning("deal %s is gone in pipedrive", deal.pk)
        Deal.objects.filter(pk=deal.pk).update(pipedrive_missing=True)
        return
    response.raise_for_status()
    Deal.objects.filter(pk=deal.pk).update(pushed_stage_id=deal.stage_id)
