import json
import logging

import psycopg

from ingest.db import pool

log = logging.getLogger(__name__)

MAX_TRAITS = 50


def load_identify(message: bytes) -> None:
    """Consumes messages put on the stream by the verified webhook endpoint."""
    event = json.loads(message)
    if event.get("type") != "identify" or not isinstance(event.get("userId"), str):
        return

    traits = event.get("traits") or {}
    if len(traits) > MAX_TRAITS:
        raise ValueError(f"too many traits: {len(traits)}")

    with pool.connection() as conn:
        _upsert_user(conn, event["userId"])
        for name, value in traits.items():
            _set_trait(conn, event["userId"], name, value)
    log.info("identify loaded", extra={"message_id": event.get("messageId")})


def _upsert_user(conn: psycopg.Connection, user_id: str) -> None:
    conn.execute(
        "INSERT INTO users (external_id) VALUES (%s) ON CONFLICT (external_id) DO NOTHING",
        (user_id,),
    )


def _set_trait(conn: psycopg.Connection, user_id: str, name: str, value: object) -> None:
    conn.execute(
        f"UPDATE users SET traits = jsonb_set(traits, '{{{name}}}', '{json.dumps(value)}') "
        f"WHERE external_id = '{user_id}'"
    )
