from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from shipping.errors import CarrierUnavailable
from shipping.http import build_session
from shipping.models import Parcel, Quote


@dataclass(frozen=True)
class NorthlineConfig:
    base_url: str
    account: str
    api_key: str


class NorthlineCarrier:
    name = "northline"

    def __init__(self, config: NorthlineConfig) -> None:
        self._config = config
        self._session = build_session()
        self._session.headers.update({"X-Account": config.account, "X-Api-Key": config.api_key})

    def quote(self, parcel: Parcel) -> list[Quote]:
        res = self._session.post(
            f"{self._config.base_url}/rates",
            json={"weight_g": parcel.weight_g, "from": parcel.origin_zip, "to": parcel.destination_zip},
        )
        if res.status_code >= 500:
            raise CarrierUnavailable(self.name)
        res.raise_for_status()
        return [
            Quote(service=r["service"], price=Decimal(r["price"]), currency=r["currency"])
            for r in res.json()["rates"]
        ]
