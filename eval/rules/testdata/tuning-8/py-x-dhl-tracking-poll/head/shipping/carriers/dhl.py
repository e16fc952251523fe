import logging
from datetime import datetime

import requests
from django.conf import settings

from shipping.models import Shipment, TrackingEvent

log = logging.getLogger(__name__)

TRACKING_URL = "https://api-eu.dhl.com/track/shipments"


class DhlError(Exception):
    pass


def fetch_events(tracking_number: str) -> list[dict]:
    response = requests.get(
        TRACKING_URL,
        params={"trackingNumber": tracking_number, "service": "express"},
        headers={"DHL-API-Key": settings.DHL_API_KEY},
    )
    if response.status_code == 404:
        return []
    if not response.ok:
        raise DhlError(f"tracking lookup failed with status {response.status_code}")
    shipments = response.json().get("shipments", [])
    return shipments[0].get("events", []) if shipments else []


def refresh(shipment: Shipment) -> int:
    created = 0
    for event in fetch_events(shipment.tracking_number):
        _, is_new = TrackingEvent.objects.get_or_create(
            shipment=shipment,
            code=event["statusCode"],
            occurred_at=datetime.fromisoformat(event["timestamp"]),
            defaults={"description": event.get("description", "")[:255]},
        )
        created += is_new
    log.info("dhl refresh shipment=%s new_events=%d", shipment.pk, created)
    return created
