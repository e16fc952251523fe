import logging
import xmlrpc.client
from functools import cached_property

from stock.settings import OdooSettings

logger = logging.getLogger("stock.odoo")


class OdooError(Exception):
    pass


class Odoo:
    def __init__(self, settings: OdooSettings) -> None:
        self._settings = settings
        self._common = xmlrpc.client.ServerProxy(f"{settings.url}/xmlrpc/2/common")
        self._models = xmlrpc.client.ServerProxy(f"{settings.url}/xmlrpc/2/object", allow_none=True)

    @cached_property
    def _uid(self) -> int:
        uid = self._common.authenticate(self._settings.db, self._settings.user, self._settings.api_key, {})
        if not uid:
            raise OdooError("odoo login refused")
        return uid

    def _call(self, model: str, method: str, args: list, kwargs: dict):
        try:
            return self._models.execute_kw(
                self._settings.db, self._uid, self._settings.api_key, model, method, args, kwargs
            )
        except xmlrpc.client.Fault as fault:
            raise OdooError(f"{model}.{method} failed: {fault.faultCode}") from fault
        except (OSError, xmlrpc.client.ProtocolError) as exc:
            raise OdooError("odoo unreachable") from exc

    def available(self, skus: list[str]) -> dict[str, float]:
        rows = self._call(
            "product.product",
            "search_read",
            [[("default_code", "in", skus)]],
            {"fields": ["default_code", "free_qty"]},
        )
        logger.debug("odoo returned %d of %d skus", len(rows), len(skus))
        return {row["default_code"]: row["free_qty"] for row in rows}
