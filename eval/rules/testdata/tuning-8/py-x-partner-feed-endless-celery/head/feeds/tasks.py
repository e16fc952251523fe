import hashlib
import hmac
import json
import logging

import requests
from celery import shared_task

from feeds.models import PartnerDelivery

logger = logging.getLogger(__name__)


def _signature(secret: str, body: bytes) -> str:
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


@shared_task(
    autoretry_for=(Exception,),
    max_retries=None,
    default_retry_delay=1,
    acks_late=True,
)
def deliver(delivery_id: int) -> None:
    delivery = PartnerDelivery.objects.select_related("partner").get(pk=delivery_id)
    if delivery.delivered:
        return
    body = json.dumps(delivery.payload, sort_keys=True).encode()
    response = requests.post(
        delivery.partner.endpoint,
        data=body,
        headers={
            "Content-Type": "application/json",
            "X-Delivery-Id": str(delivery.uuid),
            "X-Signature": _signature(delivery.partner.secret, body),
        },
        timeout=(3.05, 15),
        allow_redirects=False,
    )
    response.raise_for_status()
    PartnerDelivery.objects.filter(pk=delivery.pk).update(delivered=True)
    logger.info("delivery %s handed to partner %s", delivery.uuid, delivery.partner_id)
