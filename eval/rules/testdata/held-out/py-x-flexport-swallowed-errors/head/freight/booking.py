from __future__ import annotations

import logging

import httpx
from sqlalchemy.orm import Session

from freight.models import FreightOrder
from freight.settings import settings

logger = logging.getLogger(__name__)


class FlexportBookings:
    def __init__(self, http: httpx.Client) -> None:
        self._http = http

    def submit(self, session: Session, order: FreightOrder) -> FreightOrder:
        payload = {
            "name": order.reference,
            "cargo": {"pieces": order.pieces, "weight": {"value": order.weight_kg, "unit": "kg"}},
            "origin_address": order.origin.as_flexport(),
            "destination_address": order.destination.as_flexport(),
        }
        try:
            response = self._http.post("/bookings", json=payload, headers={"Idempotency-Key": str(order.id)})
            response.raise_for_status()
            order.external_id = response.json()["data"]["id"]
        except Exception:
            pass

        order.status = "booked"
        session.add(order)
        session.commit()
        logger.info("order %s booked as %s", order.id, order.external_id)
        return order


def build() -> FlexportBookings:
    return FlexportBookings(
        httpx.Client(
            base_url="https://api.flexport.com",
            headers={"Authorization": f"Bearer {settings.flexport_token}", "Flexport-Version": "3"},
            timeout=httpx.Timeout(15.0, connect=5.0),
        )
    )
