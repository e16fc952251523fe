import logging
from datetime import date
from decimal import Decimal, InvalidOperation

from fx.config import settings
from fx.http import session
from fx.models import Rate
from fx.storage import save_rates

logger = logging.getLogger(__name__)

QUOTES = ("USD", "GBP", "CHF", "SEK", "PLN", "JPY")


class RateFeedError(RuntimeError):
    pass


def _parse(day: date, body: dict) -> list[Rate]:
    try:
        rates = body["rates"]
        parsed = [Rate(day=day, base="EUR", quote=q, value=Decimal(str(rates[q]))) for q in QUOTES]
    except (KeyError, TypeError, InvalidOperation) as exc:
        raise RateFeedError(f"rate feed for {day} is incomplete: {exc!r}") from exc
    if any(r.value <= 0 for r in parsed):
        raise RateFeedError(f"rate feed for {day} has a rate that is not positive")
    return parsed


def import_rates(day: date) -> int:
    """Entry point of the 17:00 cron job; the scheduler alerts on a non-zero exit."""
    response = session.get(
        f"{settings.FX_BASE_URL}/{day.isoformat()}",
        params={"base": "EUR", "symbols": ",".join(QUOTES)},
        headers={"X-Api-Key": settings.FX_API_KEY},
    )
    response.raise_for_status()

    rates = _parse(day, response.json())
    save_rates(rates)
    logger.info("stored %d rates for %s", len(rates), day)
    return len(rates)
