"""Inbox of GitHub deliveries."""
import logging

from sqlalchemy import text

from ci_board.db import engine
from ci_board.runs import apply_run

logger = logging.getLogger(__name__)


def store_delivery(delivery_id: str, event: str, body: bytes) -> bool:
    with engine.begin() as conn:
        return conn.execute(
            text("INSERT INTO inbox (id, event, body) VALUES (:i, :e, :b) ON CONFLICT (id) DO NOTHING"),
            {"i": delivery_id, "e": event, "b": body},
        ).rowcount == 1


def sweep() -> None:
    """Cron, once a minute. Rows that failed stay open; after ten tries the alert on inbox.tries fires."""
    with engine.connect() as conn:
        ids = conn.execute(
            text("SELECT id FROM inbox WHERE handled_at IS NULL AND tries < 10 ORDER BY received_at LIMIT 200")
        ).scalars().all()
    for delivery_id in ids:
        try:
            handle_delivery(delivery_id)
        except Exception:
            logger.exception("delivery %s stays open", delivery_id)
            with engine.begin() as conn:
                conn.execute(text("UPDATE inbox SET tries = tries + 1 WHERE id = :i"), {"i": delivery_id})


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
