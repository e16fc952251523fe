from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Iterator

import stripe

from finance.ledger import LedgerRow


@dataclass
class PayoutSummary:
    payout_id: str
    booked_on: date
    gross: float
    fees: float
    net: float
    currency: str


def summarize(payout: dict[str, Any], transactions: Iterator[stripe.BalanceTransaction]) -> PayoutSummary:
    gross = fees = 0.0
    for txn in transactions:
        if txn.type == "payout":
            continue
        gross += txn.amount / 100
        fees += txn.fee / 100
    return PayoutSummary(
        payout_id=payout["id"],
        booked_on=datetime.fromtimestamp(payout["arrival_date"]).date(),
        gross=gross,
        fees=fees,
        net=gross - fees,
        currency=payout["currency"].upper(),
    )


def to_rows(summary: PayoutSummary) -> list[LedgerRow]:
    text = f"Stripe payout {summary.payout_id}"
    return [
        LedgerRow(summary.booked_on, "1360", debit=summary.net, text=text, currency=summary.currency),
        LedgerRow(summary.booked_on, "4970", debit=summary.fees, text=f"{text} fees", currency=summary.currency),
        LedgerRow(summary.booked_on, "8400", credit=summary.gross, text=text, currency=summary.currency),
    ]
