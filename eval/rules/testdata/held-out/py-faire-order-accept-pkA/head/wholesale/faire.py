import logging
from datetime import datetime, timedelta

import requests
from django.conf import settings
from django.utils import timezone

from wholesale.models import WholesaleOrder

logger = logging.getLogger(__name__)

BASE_URL = "https://www.faire.com/external-api/v2"


def _headers() -> dict[str, str]:
    return {
        "X-FAIRE-ACCESS-TOKEN": settings.FAIRE_ACCESS_TOKEN,
        "Content-Type": "application/json",
    }


def expected_ship_date(now: datetime, lead_days: int) -> str:
    day = now + timedelta(days=lead_days)
    while day.weekday() >= 5:
        day += timedelta(days=1)
    return day.strftime("%Y%m%dT000000.000Z")


def accept_order(order: WholesaleOrder) -> None:
    if order.state != WholesaleOrder.State.NEW:
        logger.info("order %s is %s already", order.faire_id, order.state)
        return

    requests.put(
        f"{BASE_URL}/orders/{order.faire_id}/processing",
        json={"expected_ship_date": expected_ship_date(timezone.now(), order.brand.lead_days)},
        headers=_headers(),
        timeout=15,
    )
    order.state = WholesaleOrder.State.ACCEPTED
    order.accepted_at = timezone.now()
    order.save(update_fields=["state", "accepted_at"])
    logger.info("order %s accepted", order.faire_id)
