import logging
from datetime import date
from decimal import Decimal

import httpx

from treasury.config import settings

logger = logging.getLogger(__name__)

_client = httpx.Client(base_url="https://openexchangerates.org/api", timeout=8.0)


class UnknownCurrency(LookupError):
    pass


def _historical(day: date) -> dict:
    response = _client.get(
        f"/historical/{day.isoformat()}.json",
        headers={"Authorization": f"Token {settings.oxr_app_id.get_secret_value()}"},
    )
    response.raise_for_status()
    return response.json()


def rate(day: date, source: str, target: str) -> Decimal:
    rates = _historical(day)["rates"]
    try:
        to_source = Decimal(str(rates[source]))
        to_target = Decimal(str(rates[target]))
    except KeyError as exc:
        raise UnknownCurrency(exc.args[0]) from exc
    return (to_target / to_source).quantize(Decimal("0.000001"))


def convert(amount: Decimal, day: date, source: str, target: str) -> Decimal:
    if source == target:
        return amount
    return (amount * rate(day, source, target)).quantize(Decimal("0.01"))
