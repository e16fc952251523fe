from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TextIO

DURATION = re.compile(r"^\d{1,3}:[0-5]\d$")

WAGE_TYPES = {"regular": "1000", "overtime": "1210", "night": "1350", "sunday": "1360"}


@dataclass(frozen=True)
class TimesheetEntry:
    personnel_number: int
    kind: str
    duration: str  # hours and minutes as in the time clock, "7:30"
    month: str


def decimal_hours(duration: str) -> Decimal:
    if not DURATION.match(duration):
        raise ValueError(f"not a duration: {duration!r}")
    return Decimal(duration.replace(":", "."))


def write_lines(entries: Iterable[TimesheetEntry], out: TextIO) -> int:
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    written = 0
    for entry in entries:
        wage_type = WAGE_TYPES.get(entry.kind)
        if wage_type is None:
            raise KeyError(f"no wage type for {entry.kind!r} (personnel number {entry.personnel_number})")
        hours = f"{decimal_hours(entry.duration):.2f}".replace(".", ",")
        writer.writerow([entry.personnel_number, entry.month, wage_type, hours])
        written += 1
    return written
