import requests
from celery import shared_task
from celery.utils.log import get_task_logger
from django.conf import settings

from accounting.models import Refund
from accounting.serializers import credit_note_payload

logger = get_task_logger(__name__)

session = requests.Session()
session.headers["Authorization"] = settings.SEVDESK_API_TOKEN


class SevdeskRejected(Exception):
    pass


@shared_task(
    bind=True,
    autoretry_for=(requests.ConnectionError, requests.Timeout, requests.HTTPError),
    retry_backoff=5,
    retry_backoff_max=600,
    retry_jitter=True,
    max_retries=6,
)
def create_credit_note(self, refund_id: int) -> str:
    refund = Refund.objects.select_related("order").get(pk=refund_id)
    response = session.post(
        "https://my.sevdesk.de/api/v1/CreditNote/Factory/saveCreditNote",
        json=credit_note_payload(refund),
        timeout=(5, 30),
    )
    if 400 <= response.status_code < 500 and response.status_code != 429:
        raise SevdeskRejected(f"sevdesk answered {response.status_code} for refund {refund_id}")
    response.raise_for_status()

    credit_note_id = response.json()["objects"]["creditNote"]["id"]
    Refund.objects.filter(pk=refund_id).update(credit_note_id=credit_note_id)
    logger.info("credit note %s for refund %s", credit_note_id, refund_id)
    return credit_note_id
