from __future__ import annotations

import logging
from dataclasses import dataclass
from decimal import Decimal

import requests

from common.http import make_session

log = logging.getLogger(__name__)


class TaxUnavailable(Exception):
    pass


@dataclass(frozen=True)
class Line:
    sku: str
    quantity: int
    amount: Decimal


class AvalaraClient:
    def __init__(self, account: str, license_key: str, company: str, base_url: str) -> None:
        self._auth = (account, license_key)
        self._company = company
        self._url = f"{base_url}/api/v2/transactions/create"
        self._session = make_session(allowed_methods={"POST"})  # SalesOrder is an estimate, nothing is stored

    def estimate(self, order_ref: str, postal_code: str, country: str, lines: list[Line]) -> Decimal:
        payload = {
            "type": "SalesOrder",
            "companyCode": self._company,
            "customerCode": order_ref,
            "addresses": {"singleLocation": {"postalCode": postal_code, "country": country}},
            "lines": [
                {"itemCode": line.sku, "quantity": line.quantity, "amount": str(line.amount)}
                for line in lines
            ],
        }
        try:
            resp = self._session.post(self._url, json=payload, auth=self._auth)
            resp.raise_for_status()
            total = resp.json(parse_float=Decimal)["totalTax"]
        except requests.RequestException as exc:
            log.error("avalara estimate for %s failed: %s", order_ref, type(exc).__name__)
            raise TaxUnavailable(order_ref) from exc
        except (KeyError, ValueError, TypeError) as exc:
            log.error("avalara answered %s with an unexpected body", order_ref)
            raise TaxUnavailable(order_ref) from exc
        return Decimal(total).quantize(Decimal("0.01"))
