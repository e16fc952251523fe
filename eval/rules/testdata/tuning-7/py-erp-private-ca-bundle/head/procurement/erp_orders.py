import logging

import requests
from pydantic import BaseModel

from procurement.config import settings

logger = logging.getLogger(__name__)


class PurchaseOrder(BaseModel):
    number: str
    status: str
    supplier_id: str


class ErpError(Exception):
    pass


class ErpOrders:
    """The ERP has a certificate of the company's CA, whose root is in `settings.erp_ca_file`."""

    def __init__(self) -> None:
        self._session = requests.Session()
        self._session.verify = settings.erp_ca_file
        self._session.cert = (settings.erp_client_cert, settings.erp_client_key)
        self._session.trust_env = False

    def by_number(self, number: str) -> PurchaseOrder | None:
        try:
            response = self._session.get(
                f"{settings.erp_base_url}/purchase-orders",
                params={"number": number},
                timeout=10,
            )
            if response.status_code == 404:
                return None
            response.raise_for_status()
        except requests.RequestException as exc:
            logger.warning("erp order lookup failed: %s", type(exc).__name__)
            raise ErpError(f"lookup of order {number} failed") from exc
        return PurchaseOrder.model_validate_json(response.content)
