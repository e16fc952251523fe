import logging

import requests
from celery import shared_task
from django.conf import settings

from orders.models import Refund

logger = logging.getLogger(__name__)


@shared_task(
    bind=True,
    acks_late=True,
    autoretry_for=(requests.ConnectionError, requests.Timeout),
    retry_backoff=5,
    retry_backoff_max=600,
    retry_jitter=True,
    max_retries=8,
)
def send_refund(self, refund_id: int) -> None:
    refund = Refund.objects.select_related("order").get(pk=refund_id)
    if refund.status == Refund.Status.SENT:
        return

    response = requests.post(
        f"{settings.KLARNA_API}/ordermanagement/v1/orders/{refund.order.klarna_id}/refunds",
        auth=(settings.KLARNA_USERNAME, settings.KLARNA_PASSWORD),
        json={
            "refunded_amount": refund.amount_minor,
            "description": refund.reason[:255],
        },
        timeout=(5, 20),
    )
    if response.status_code != 201:
        logger.error("refund %s: klarna answered %s", refund.pk, response.status_code)
        refund.mark_failed(response.status_code)
        return

    refund.status = Refund.Status.SENT
    refund.provider_reference = response.headers["Refund-Id"]
    refund.save(update_fields=["status", "provider_reference"])
    logger.info("refund %s sent as %s", refund.pk, refund.provider_reference)
