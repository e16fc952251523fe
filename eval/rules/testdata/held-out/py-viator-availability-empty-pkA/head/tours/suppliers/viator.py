from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import httpx

from tours.config import settings


@dataclass(frozen=True)
class Slot:
    product_code: str
    option_code: str
    start_time: str
    price: str
    currency: str


class ViatorSupplier:
    def __init__(self) -> None:
        self._client = httpx.Client(
            base_url="https://api.viator.com/partner",
            headers={
                "exp-api-key": settings.viator_api_key,
                "Accept": "application/json;version=2.0",
                "Accept-Language": "en-US",
            },
            timeout=8.0,
        )

    def slots(self, product_code: str, day: date, travellers: int, currency: str = "EUR") -> list[Slot]:
        try:
            response = self._client.post(
                "/availability/check",
                json={
                    "productCode": product_code,
                    "travelDate": day.isoformat(),
                    "currency": currency,
                    "paxMix": [{"ageBand": "ADULT", "numberOfTravelers": travellers}],
                },
            )
            response.raise_for_status()
            items = response.json()["bookableItems"]
            return [
                Slot(product_code, i["productOptionCode"], i["startTime"], str(i["totalPrice"]["price"]["recommendedRetailPrice"]), currency)
                for i in items
                if i["available"]
            ]
        except Exception:
            return []
