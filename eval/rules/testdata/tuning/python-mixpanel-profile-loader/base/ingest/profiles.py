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
    with conn.transaction():
        conn.execute(
            "INSERT INTO profiles (distinct_id, properties) VALUES (%s, %s) "
            "ON CONFLICT (distinct_id) DO UPDATE SET properties = EXCLUDED.properties",
            [distinct_id, Jsonb({**known, **rest})],
        )
    log.info("profile stored", extra={"fields": len(known) + len(rest)})
