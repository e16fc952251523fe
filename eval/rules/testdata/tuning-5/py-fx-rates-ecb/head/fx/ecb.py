import logging
from datetime import date
from decimal import Decimal, InvalidOperation

import httpx
from defusedxml import ElementTree
from sqlalchemy.dialects.postgresql import insert
from tenacity import retry, retry_if_exception_type, stop_after_attempt, wait_random_exponential

from fx.db import session_scope
from fx.models import Rate

logger = logging.getLogger(__name__)

URL = "https://www.ecb.europa.eu/stats/eurofxref/eurofxref-daily.xml"
NS = "{http://www.ecb.int/vocabulary/2002-08-01/eurofxref}"
MAX_BYTES = 256 * 1024


class FeedError(Exception):
    pass


@retry(
    retry=retry_if_exception_type(httpx.TransportError),
    wait=wait_random_exponential(max=30),
    stop=stop_after_attempt(4),
    reraise=True,
)
def download() -> bytes:
    body = bytearray()
    with httpx.stream("GET", URL, timeout=10.0) as response:
        response.raise_for_status()
        for chunk in response.iter_bytes():
            body += chunk
            if len(body) > MAX_BYTES:
                raise FeedError("feed too large")
    return bytes(body)


def parse(xml: bytes) -> tuple[date, dict[str, Decimal]]:
    try:
        day = ElementTree.fromstring(xml).find(f"{NS}Cube/{NS}Cube")
        on = date.fromisoformat(day.attrib["time"])
        rates = {c.attrib["currency"]: Decimal(c.attrib["rate"]) for c in day}
    except (ElementTree.ParseError, AttributeError, KeyError, ValueError, InvalidOperation) as exc:
        raise FeedError("unexpected feed") from exc
    if not rates or any(not r.is_finite() or r <= 0 for r in rates.values()):
        raise FeedError("implausible rates")
    return on, rates


def refresh() -> int:
    on, rates = parse(download())
    rows = [{"day": on, "currency": c, "rate": r} for c, r in rates.items()]
    with session_scope() as session:
        session.execute(insert(Rate).values(rows).on_conflict_do_nothing())
    logger.info("stored %d ecb rates of %s", len(rows), on)
    return len(rows)
