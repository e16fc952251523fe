import logging

import pybreaker
import requests
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

from cars.search.types import CarOffer, CarQuery

logger = logging.getLogger(__name__)

breaker = pybreaker.CircuitBreaker(fail_max=5, reset_timeout=30)
session = requests.Session()
session.mount("https://", HTTPAdapter(max_retries=Retry(total=1, backoff_factor=0.2, allowed_methods=("GET",))))


class SupplierUnavailable(Exception):
    pass


@breaker
def _fetch(query: CarQuery) -> dict:
    response = session.get(
        "https://otageo.cartrawler.com/cartrawlerota/json",
        params={
            "pickup": query.pickup_iata,
            "from": query.start.isoformat(),
            "to": query.end.isoformat(),
            "age": query.driver_age,
            "currency": query.currency,
        },
        timeout=(2, 12),
    )
    response.raise_for_status()
    return response.json()


def search(query: CarQuery) -> list[CarOffer]:
    """Called synchronously by each search request, beside five other suppliers."""
    try:
        body = _fetch(query)
    except pybreaker.CircuitBreakerError as exc:
        raise SupplierUnavailable("cartrawler is switched off for now") from exc
    except requests.RequestException as exc:
        logger.warning("cartrawler search failed: %s", type(exc).__name__)
        raise SupplierUnavailable("cartrawler") from exc
    return [CarOffer.from_cartrawler(item) for item in body.get("offers", [])]
