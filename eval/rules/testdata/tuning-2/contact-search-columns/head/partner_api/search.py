import re
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Query
from psycopg import sql
from psycopg.rows import dict_row
from psycopg_pool import AsyncConnectionPool

from partner_api.auth import Partner, current_partner
from partner_api.db import pool

router = APIRouter()

SEARCHABLE = {"email": "email_lower", "phone": "phone_e164", "reference": "partner_reference"}
PAGE = 50

QUERY = sql.SQL(
    "SELECT id, display_name, updated_at FROM contacts "
    "WHERE partner_id = %(partner)s AND {column} = %(value)s AND id > %(after)s "
    "ORDER BY id LIMIT %(limit)s"
)


def normalise(field: str, value: str) -> str:
    if field == "email":
        return value.strip().lower()
    if field == "phone":
        return re.sub(r"[^\d+]", "", value)
    return value.strip()


@router.get("/v1/contacts/search")
async def search(
    partner: Annotated[Partner, Depends(current_partner)],
    db: Annotated[AsyncConnectionPool, Depends(pool)],
    field: Annotated[str, Query(max_length=20)],
    value: Annotated[str, Query(min_length=3, max_length=200)],
    after: Annotated[int, Query(ge=0)] = 0,
):
    column = SEARCHABLE.get(field)
    if column is None:
        raise HTTPException(422, "unknown field")

    statement = QUERY.format(column=sql.Identifier(column))
    async with db.connection() as conn, conn.cursor(row_factory=dict_row) as cur:
        await cur.execute(
            statement,
            {"partner": partner.id, "value": normalise(field, value), "after": after, "limit": PAGE},
        )
        rows = await cur.fetchall()
    return {"items": rows, "next": rows[-1]["id"] if len(rows) == PAGE else None}
