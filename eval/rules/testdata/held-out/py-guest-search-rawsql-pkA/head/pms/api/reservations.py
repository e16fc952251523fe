from typing import Annotated

import structlog
from fastapi import APIRouter, Depends, Query
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from pms.api.auth import Partner, current_partner
from pms.db import get_session

router = APIRouter(prefix="/partner/v1")
log = structlog.get_logger()


@router.get("/reservations")
async def search_reservations(
    partner: Annotated[Partner, Depends(current_partner)],
    session: Annotated[AsyncSession, Depends(get_session)],
    last_name: Annotated[str, Query(min_length=2, max_length=80)],
    sort: str = "arrival",
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
) -> dict:
    statement = text(
        f"""
        SELECT r.code, r.arrival, r.departure, g.last_name, r.state
          FROM reservation r JOIN guest g ON g.id = r.guest_id
         WHERE r.partner_id = :partner_id
           AND g.last_name ILIKE '{last_name}%'
         ORDER BY {sort}
         LIMIT :limit
        """
    )
    result = await session.execute(statement, {"partner_id": partner.id, "limit": limit})
    rows = [dict(row) for row in result.mappings()]
    log.info("partner_search", partner=partner.code, found=len(rows))
    return {"reservations": rows}
