from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timezone
from decimal import Decimal
from zoneinfo import ZoneInfo

BERLIN = ZoneInfo("Europe/Berlin")


class MappingError(ValueError):
    pass


@dataclass(frozen=True)
class Booking:
    external_id: str
    booked_at: datetime
    amount_cents: int
    currency: str
    purpose: str


def to_booking(raw: dict) -> Booking:
    """`bookingDateTime` of the feed is local German time without an offset."""
    try:
        amount = raw["transactionAmount"]["amount"]
        booked_at = datetime.fromisoformat(raw["bookingDateTime"]).replace(tzinfo=timezone.utc)
        cents = int(float(amount) * 100)
        return Booking(
            external_id=raw["transactionId"],
            booked_at=booked_at.astimezone(timezone.utc),
            amount_cents=cents,
            currency=raw["transactionAmount"]["currency"],
            purpose=raw.get("remittanceInformationUnstructured", "")[:140],
        )
    except (KeyError, TypeError, ValueError, ArithmeticError) as exc:
        raise MappingError(f"booking {raw.get('transactionId')!r}") from exc
