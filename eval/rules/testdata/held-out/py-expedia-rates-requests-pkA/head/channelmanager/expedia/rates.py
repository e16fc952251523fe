import logging
from datetime import date
from decimal import Decimal

import requests
from celery import shared_task
from django.conf import settings

from channelmanager.models import RatePlan, SyncLog

logger = logging.getLogger(__name__)


class ExpediaError(Exception):
    pass


def _payload(plan: RatePlan, day: date, amount: Decimal) -> dict:
    return {
        "ratePlanId": plan.expedia_id,
        "date": day.isoformat(),
        "occupancy": plan.occupancy,
        "amount": str(amount),
        "currency": plan.currency,
    }


@shared_task(bind=True, max_retries=4)
def push_rate(self, plan_id: int, day: str, amount: str) -> None:
    plan = RatePlan.objects.select_related("property").get(pk=plan_id)
    url = f"{settings.EXPEDIA_URL}/properties/{plan.property.expedia_id}/rates"
    try:
        response = requests.put(
            url,
            json=_payload(plan, date.fromisoformat(day), Decimal(amount)),
            auth=(settings.EXPEDIA_USER, settings.EXPEDIA_PASSWORD),
        )
    except requests.ConnectionError as exc:
        raise self.retry(exc=exc, countdown=30 * 2**self.request.retries)

    if response.status_code == 429 or response.status_code >= 500:
        raise self.retry(countdown=30 * 2**self.request.retries)
    if not response.ok:
        logger.error("expedia refused rate of plan %s with %s", plan_id, response.status_code)
        raise ExpediaError(response.status_code)
    SyncLog.objects.create(plan=plan, day=day, amount=amount)
