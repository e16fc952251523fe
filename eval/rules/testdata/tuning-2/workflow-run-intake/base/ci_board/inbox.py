"""Inbox of GitHub deliveries."""
from sqlalchemy import text

from ci_board.db import engine
from ci_board.runs import apply_run


def store_delivery(delivery_id: str, event: str, body: bytes) -> bool:
    with engine.begin() as conn:
        return conn.execute(
            text("INSERT INTO inbox (id, event, body) VALUES (:i, :e, :b) ON CONFLICT (id) DO NOTHING"),
            {"i": delivery_id, "e": event, "b": body},
        ).rowcount == 1


def sweep() -> None:
    """Cron, once a minute."""
    with engine.connect() as conn:
        ids = conn.execute(text("SELECT id FROM inbox WHERE handled_at IS NULL LIMIT 200")).scalars().all()
    for delivery_id in ids:
        handle_delivery(delivery_id)


def handle_delivery(delivery_id: str) -> None:
    with engine.begin() as conn:
        body = conn.execute(
            text("SELECT body FROM inbox WHERE id = :i AND handled_at IS NULL FOR UPDATE SKIP LOCKED"),
            {"i": delivery_id},
        ).scalar()
        if body is None:
            return
        apply_run(conn, body)
        conn.execute(text("UPDATE inbox SET handled_at = now() WHERE id = :i"), {"i": delivery_id})
