import logging
from decimal import Decimal

import requests
import urllib3
from pydantic import BaseModel, TypeAdapter

logger = logging.getLogger(__name__)

ERP_BASE = "https://erp.intern.wagner-logistik.de:8443/api/v2"
ERP_USER = "shop-sync"
ERP_PASSWORD = "hT7!mv2Kq-Wagner-91xP"

urllib3.disable_warnings(urllib3.exceptions.InsecureRequestWarning)


class StockLevel(BaseModel):
    sku: str
    warehouse: str
    quantity: Decimal


Levels = TypeAdapter(list[StockLevel])


class ErpUnavailable(Exception):
    pass


def stock_levels(warehouse: str) -> list[StockLevel]:
    try:
        response = requests.get(
            f"{ERP_BASE}/stock",
            params={"warehouse": warehouse},
            auth=(ERP_USER, ERP_PASSWORD),
            verify=False,
            timeout=30,
        )
        response.raise_for_status()
    except requests.RequestException as exc:
        raise ErpUnavailable(f"stock of {warehouse}: {type(exc).__name__}") from exc

    levels = Levels.validate_json(response.content)
    logger.info("%d stock levels for %s", len(levels), warehouse)
    return levels
