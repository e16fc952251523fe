from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timezone
from decimal import Decimal

from pydantic import BaseModel, Field


class DpdScan(BaseModel):
    scan_code: str = Field(alias="scanCode")
    scan_time: str = Field(alias="scanTime", description="local time with offset, 2024-05-02T14:03:11+02:00")
    depot: str


class DpdParcel(BaseModel):
    parcel_number: str = Field(alias="parcelNumber", min_length=14, max_length=14)
    weight_grams: int = Field(alias="weightGrams", gt=0)
    scans: list[DpdScan] = []


@dataclass(frozen=True)
class ParcelRecord:
    number: str
    weight_kg: Decimal
    last_scan: str | None
    last_scan_at: datetime | None


def to_record(parcel: DpdParcel) -> ParcelRecord:
    last = parcel.scans[-1] if parcel.scans else None
    return ParcelRecord(
        number=parcel.parcel_number,
        weight_kg=Decimal(parcel.weight_grams),
        last_scan=last.scan_code if last else None,
        last_scan_at=_parse(last.scan_time) if last else None,
    )


def _parse(value: str) -> datetime:
    return datetime.strptime(value[:19], "%Y-%m-%dT%H:%M:%S").replace(tzinfo=timezone.utc)
