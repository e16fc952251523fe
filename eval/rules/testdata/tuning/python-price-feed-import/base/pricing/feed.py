import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timezone
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation
from zoneinfo import ZoneInfo

EXPONENTS = {"EUR": 2, "USD": 2, "GBP": 2, "JPY": 0, "KWD": 3}
SUPPLIER_ZONE = ZoneInfo("Europe/Berlin")
MAX_ROWS = 200_000


@dataclass(frozen=True)
class Price:
    sku: str
    amount_minor: int
    currency: str
    valid_from: datetime


class RowRejected(ValueError):
    def __init__(self, line: int, reason: str) -> None:
        super().__init__(f"line {line}: {reason}")


def to_minor(text: str, currency: str) -> int:
    amount = Decimal(text.strip()) * 100
    return int(amount.quantize(Decimal(1), rounding=ROUND_HALF_EVEN))


def parse_prices(content: str) -> Iterator[Price]:
    reader = csv.DictReader(io.StringIO(content), delimiter=";")
    for line, row in enumerate(reader, start=2):
        if line > MAX_ROWS:
            raise RowRejected(line, "too many rows")
        try:
            currency = row["currency"].upper()
            local = datetime.strptime(row["valid_from"], "%d.%m.%Y %H:%M")
            yield Price(
                sku=row["sku"].strip(),
                amount_minor=to_minor(row["price"], currency),
                currency=currency,
                valid_from=local.astimezone(timezone.utc),
            )
        except (KeyError, ValueError, InvalidOperation, AttributeError) as exc:
            raise RowRejected(line, type(exc).__name__) from exc
