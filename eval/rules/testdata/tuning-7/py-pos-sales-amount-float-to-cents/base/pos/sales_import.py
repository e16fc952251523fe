from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

import httpx
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from pos.models import Sale
from pos.settings import settings

log = logging.getLogger(__name__)


def _sales(day: str) -> Iterable[dict]:
    cursor: str | None = None
    with httpx.Client(
        base_url=settings.pos_api_url,
        headers={"Authorization": f"Bearer {settings.pos_token.get_secret_value()}"},
        timeout=20.0,
    ) as client:
        while True:
            params = {"day": day, "limit": 200} | ({"cursor": cursor} if cursor else {})
            response = client.get("/v3/sales", params=params)
            response.raise_for_status()
            page = response.json()
            yield from page["sales"]
            cursor = page.get("cursor")
            if not cursor:
                return


def _row(sale: dict) -> dict:
    return {
        "remote_id": sale["id"],
        "amount_minor": int(Decimal(sale["gross_amount"]).scaleb(2)),
        "tax_minor": int(Decimal(sale["tax_amount"]).scaleb(2)),
        "currency": sale["currency"],
        "sold_at": datetime.fromisoformat(sale["completed_at"]),
    }


def import_day(session: Session, day: str) -> int:
    rows = [_row(sale) for sale in _sales(day)]
    if not rows:
        return 0
    stmt = insert(Sale).on_conflict_do_nothing(index_elements=["remote_id"])
    session.execute(stmt, rows)
    session.commit()
    log.info("%s: %d sales read", day, len(rows))
    return len(rows)
