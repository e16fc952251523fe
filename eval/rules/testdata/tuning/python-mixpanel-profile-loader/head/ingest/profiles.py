import json
import logging
from typing import Any

from psycopg import Connection, sql
from psycopg.types.json import Jsonb

log = logging.getLogger(__name__)

COLUMNS = {"$email": "email", "$name": "display_name", "$country_code": "country", "plan": "plan"}


def load(conn: Connection, message: bytes) -> None:
    profile = json.loads(message)
    distinct_id = profile.get("$distinct_id")
    properties = profile.get("$properties")
    if not isinstance(distinct_id, str) or not isinstance(properties, dict):
        raise ValueError("profile message is incomplete")

    known = {COLUMNS[k]: v for k, v in properties.items() if k in COLUMNS}
    rest = {k: v for k, v in properties.items() if k not in COLUMNS}
    upsert(conn, distinct_id, known, rest)


def upsert(conn: Connection, distinct_id: str, known: dict[str, Any], rest: dict[str, Any]) -> None:
    columns = ["distinct_id", *known, "properties"]
    statement = sql.SQL(
        "INSERT INTO profiles ({columns}) VALUES ({values}) "
        "ON CONFLICT (distinct_id) DO UPDATE SET {updates}"
    ).format(
        columns=sql.SQL(", ").join(map(sql.Identifier, columns)),
        values=sql.SQL(", ").join(sql.Placeholder() * len(columns)),
        updates=sql.SQL(", ").join(
            sql.SQL("{0} = EXCLUDED.{0}").format(sql.Identifier(c)) for c in columns[1:]
        ),
    )
    with conn.transaction():
        conn.execute(statement, [distinct_id, *known.values(), Jsonb(rest)])
    log.info("profile stored", extra={"fields": len(known) + len(rest)})
