import logging

import httpx

from shipping.models import Shipment

logger = logging.getLogger(__name__)

API = "https://panel.sendcloud.sc/api/v2"


class Sendcloud:
    def __init__(self, public_key: str, secret_key: str):
        self._client = httpx.Client(
            base_url=API,
            auth=(public_key, secret_key),
            timeout=httpx.Timeout(15.0, connect=3.0),
        )

    def create_parcel(self, shipment: Shipment) -> str:
        body = {
            "parcel": {
                "name": shipment.recipient_name,
                "address": shipment.street,
                "house_number": shipment.house_number,
                "city": shipment.city,
                "postal_code": shipment.postal_code,
                "country": shipment.country,
                "order_number": shipment.order_number,
                "external_reference": str(shipment.pk),
                "weight": f"{shipment.weight_grams / 1000:.3f}",
                "request_label": True,
            }
        }
        resp = self._client.post("/parcels", json=body)
        parcel = resp.json().get("parcel", {})

        shipment.tracking_number = parcel.get("tracking_number")
        shipment.label_url = parcel.get("label", {}).get("normal_printer")
        shipment.status = Shipment.LABELLED
        shipment.save(update_fields=["tracking_number", "label_url", "status"])

        logger.info("parcel for order %s labelled", shipment.order_number)
        return shipment.tracking_number
