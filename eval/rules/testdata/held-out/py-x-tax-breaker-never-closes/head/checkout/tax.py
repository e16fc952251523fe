import logging
import threading
from decimal import Decimal

import httpx

from checkout.cart import Cart
from checkout.settings import settings

log = logging.getLogger("checkout.tax")


class TaxUnavailable(Exception):
    pass


class Breaker:
    def __init__(self, threshold: int) -> None:
        self._threshold = threshold
        self._failures = 0
        self._lock = threading.Lock()

    @property
    def is_open(self) -> bool:
        return self._failures >= self._threshold

    def failed(self) -> None:
        with self._lock:
            self._failures += 1
            if self._failures == self._threshold:
                log.error("tax breaker opened after %d failures", self._failures)


class Avalara:
    def __init__(self, http: httpx.Client) -> None:
        self._http = http
        self._breaker = Breaker(threshold=5)

    def tax(self, cart: Cart) -> Decimal:
        if self._breaker.is_open:
            raise TaxUnavailable("breaker open")
        try:
            response = self._http.post(
                "/api/v2/transactions/create",
                json=cart.to_avalara(kind="SalesOrder", company=settings.avalara_company),
            )
            response.raise_for_status()
        except httpx.HTTPError as exc:
            self._breaker.failed()
            raise TaxUnavailable("tax service failed") from exc
        return Decimal(str(response.json()["totalTax"]))


def build() -> Avalara:
    return Avalara(
        httpx.Client(
            base_url="https://rest.avatax.com",
            auth=(settings.avalara_account, settings.avalara_license),
            timeout=httpx.Timeout(4.0, connect=2.0),
        )
    )
