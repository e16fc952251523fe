from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from bookings.models import BookingState


class UnknownState(ValueError):
    pass


_STATES = {
    "CONFIRMED": BookingState.CONFIRMED,
    "PENDING": BookingState.PENDING,
    "CANCELLED_BY_GUEST": BookingState.CANCELLED,
    "CANCELLED_BY_HOST": BookingState.CANCELLED,
}


@dataclass(frozen=True)
class Booking:
    external_id: str
    check_in: datetime
    check_out: datetime
    state: BookingState
    total: Decimal
    currency: str
    modified_at: datetime


def _moment(value: str) -> datetime:
    return datetime.strptime(value[:19], "%Y-%m-%dT%H:%M:%S")


def booking_from_channel(raw: dict) -> Booking:
    """Maps one entry of the channel manager feed, whose times look like 2025-03-30T15:00:00+02:00."""
    try:
        state = _STATES[raw["status"]]
    except KeyError as exc:
        raise UnknownState(f"booking {raw.get('id')} has status {raw.get('status')!r}") from exc

    check_in = _moment(raw["check_in"])
    check_out = _moment(raw["check_out"])
    if check_out <= check_in:
        raise ValueError(f"booking {raw['id']} ends before it starts")
    return Booking(
        external_id=str(raw["id"]),
        check_in=check_in,
        check_out=check_out,
        state=state,
        total=Decimal(raw["total"]["amount"]),
        currency=raw["total"]["currency"],
        modified_at=_moment(raw["modified_at"]),
    )
