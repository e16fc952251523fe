import re
from collections.abc import Iterator

import requests

SAP_NUMBER = re.compile(r"\d{1,10}")


def literal(value: str, limit: int = 35) -> str:
    if len(value) > limit or any(ord(c) < 32 for c in value):
        raise ValueError("not a valid search term")
    return "'" + value.replace("'", "''") + "'"


class SalesOrders:
    def __init__(self, base: str, user: str, password: str) -> None:
        self._url = f"{base}/sap/opu/odata/sap/API_SALES_ORDER_SRV/A_SalesOrder"
        self._session = requests.Session()
        self._session.auth = (user, password)
        self._session.headers["Accept"] = "application/json"

    def search(self, sold_to: str, reference: str | None) -> Iterator[dict]:
        if not SAP_NUMBER.fullmatch(sold_to):
            raise ValueError("not a customer number")
        criteria = f"SoldToParty eq {literal(sold_to)}"
        if reference:
            criteria += f" and PurchaseOrderByCustomer eq {literal(reference)}"
        skip = 0
        while True:
            response = self._session.get(
                self._url,
                params={"$filter": criteria, "$top": 200, "$skip": skip, "$orderby": "SalesOrder"},
                timeout=20,
            )
            response.raise_for_status()
            rows = response.json()["d"]["results"]
            yield from rows
            if len(rows) < 200:
                return
            skip += 200
