from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from scheduling.schemas import ScheduledEvent


@dataclass(frozen=True)
class Slot:
    external_id: str
    starts_at: datetime
    ends_at: datetime
    reminder_at: datetime
    local_label: str


def parse_time(value: str) -> datetime:
    moment = datetime.fromisoformat(value)
    if moment.tzinfo is None:
        raise ValueError(f"{value} has no offset")
    return moment.astimezone(UTC)


def to_slot(event: ScheduledEvent, reminder_lead: timedelta, zone: ZoneInfo) -> Slot:
    starts_at = parse_time(event.start_time)
    ends_at = parse_time(event.end_time)
    if ends_at <= starts_at:
        raise ValueError(f"event {event.uri} ends before it starts")
    return Slot(
        external_id=event.uri.rsplit("/", 1)[-1],
        starts_at=starts_at,
        ends_at=ends_at,
        reminder_at=starts_at - reminder_lead,
        local_label=starts_at.astimezone(zone).strftime("%a %d %b, %H:%M"),
    )


def due(slot: Slot, now: datetime | None = None) -> bool:
    return slot.reminder_at <= (now or datetime.now(UTC)) < slot.starts_at
