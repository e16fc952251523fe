from collections.abc import Iterator
from decimal import Decimal

from core.http import ServiceSession
from materials.models import Material

PAGE = 200


class SapMaterials:
    def __init__(self, session: ServiceSession) -> None:
        self._session = session

    def material(self, number: str) -> Material | None:
        response = self._session.get(f"/API_PRODUCT_SRV/A_Product('{self._key(number)}')")
        if response.status_code == 404:
            return None
        response.raise_for_status()
        return self._map(response.json()["d"])

    def all(self) -> Iterator[Material]:
        skip = 0
        while True:
            response = self._session.get(
                "/API_PRODUCT_SRV/A_Product",
                params={"$top": PAGE, "$skip": skip, "$orderby": "Product"},
            )
            response.raise_for_status()
            results = response.json()["d"]["results"]
            yield from map(self._map, results)
            if len(results) < PAGE:
                return
            skip += PAGE

    @staticmethod
    def _key(number: str) -> str:
        if not number.isalnum() or len(number) > 40:
            raise ValueError("not a material number")
        return number

    @staticmethod
    def _map(raw: dict) -> Material:
        return Material(
            number=raw["Product"],
            gross_weight=Decimal(raw["GrossWeight"]),
            weight_unit=raw["WeightUnit"],
        )
