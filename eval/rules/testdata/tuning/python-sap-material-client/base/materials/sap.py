from collections.abc import Iterator
from decimal import Decimal

import requests

from core.config import settings
from materials.models import Material

PAGE = 200


class SapMaterials:
    def __init__(self) -> None:
        self._session = requests.Session()
        self._session.auth = (settings.sap_user, settings.sap_password)

    def material(self, number: str) -> Material | None:
        response = self._session.get(
            f"{settings.sap_url}/API_PRODUCT_SRV/A_Product('{self._key(number)}')", timeout=20
        )
        if response.status_code == 404:
            return None
        response.raise_for_status()
        return self._map(response.json()["d"])

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
