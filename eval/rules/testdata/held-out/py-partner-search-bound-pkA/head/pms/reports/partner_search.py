from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from pms.auth import Partner, current_partner
from pms.db import get_session

router = APIRouter()


class Sort(StrEnum):
    ARRIVAL = "arrival"
    NAME = "name"


ORDER = {Sort.ARRIVAL: "r.arrival, r.code", Sort.NAME: "g.last_name, r.code"}


def _prefix(value: str) -> str:
    for char in ("\\", "%", "_"):
        value = value.replace(char, "\\" + char)
    return value + "%"


@router.get("/partner/v2/reservations")
async def search(
    partner: Annotated[Partner, Depends(current_partner)],
    session: Annotated[AsyncSession, Depends(get_session)],
    last_name: Annotated[str, Query(min_length=2, max_length=80)],
    sort: Sort = Sort.ARRIVAL,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    offset: Annotated[int, Query(ge=0, le=10_000)] = 0,
) -> dict:
    statement = text(
        f"""
        SELECT r.code, r.arrival, r.departure, g.last_name, r.state
          FROM reservation r JOIN guest g ON g.id = r.guest_id
         WHERE r.partner_id = :partner AND g.last_name ILIKE :prefix
         ORDER BY {ORDER[sort]} LIMIT :limit OFFSET :offset
        """
    )
    values = {"partner": partner.id, "prefix": _prefix(last_name), "limit": limit, "offset": offset}
    result = await session.execute(statement, values)
    return {"reservations": [dict(row) for row in result.mappings()], "offset": offset}
