import logging
from datetime import datetime

import requests

from treasury.config import WISE_PROFILE, WISE_TOKEN
from treasury.ledger import Ledger, LedgerEntry

log = logging.getLogger(__name__)

API = "https://api.wise.com"
PAGE = 100


def transfers(session: requests.Session, since: datetime):
    offset = 0
    while True:
        response = session.get(
            f"{API}/v1/transfers",
            params={
                "profile": WISE_PROFILE,
                "status": "outgoing_payment_sent",
                "createdDateStart": since.isoformat(),
                "limit": PAGE,
                "offset": offset,
            },
            timeout=20,
        )
        response.raise_for_status()
        page = response.json()
        yield from page
        if len(page) < PAGE:
            return
        offset += PAGE


def to_entry(transfer: dict) -> LedgerEntry:
    return LedgerEntry(
        external_id=f"wise:{transfer['id']}",
        currency=transfer["targetCurrency"],
        amount_minor=int(transfer["targetValue"] * 100),
        booked_at=datetime.fromisoformat(transfer["created"]),
        reference=transfer.get("reference") or "",
    )


def run(ledger: Ledger, since: datetime) -> None:
    with requests.Session() as session:
        session.headers["Authorization"] = f"Bearer {WISE_TOKEN}"
        count = ledger.upsert_all(to_entry(t) for t in transfers(session, since))
    log.info("wise import: %d entries since %s", count, since)
