import logging
from datetime import UTC, datetime
from decimal import Decimal

import stripe
from sqlalchemy.dialects.postgresql import insert

from accounting.config import settings
from accounting.db import session_scope
from accounting.models import BankMovement

logger = logging.getLogger(__name__)

stripe.api_key = settings.stripe_key
stripe.api_version = "2024-06-20"


def import_payouts(since: datetime) -> int:
    """Books the payouts that arrived since then. `BankMovement.amount` is in euros: Numeric(12, 2)."""
    payouts = stripe.Payout.list(
        status="paid", arrival_date={"gte": int(since.timestamp())}, limit=100
    )
    count = 0
    with session_scope() as session:
        for payout in payouts.auto_paging_iter():
            if payout.currency != "eur":
                logger.warning("payout %s in %s left out", payout.id, payout.currency)
                continue
            statement = (
                insert(BankMovement)
                .values(
                    source="stripe",
                    external_id=payout.id,
                    amount=Decimal(payout.amount) / 100,
                    currency="EUR",
                    booked_on=datetime.fromtimestamp(payout.arrival_date, UTC).date(),
                )
                .on_conflict_do_nothing(index_elements=["source", "external_id"])
            )
            count += session.execute(statement).rowcount
    logger.info("%d payouts booked", count)
    return count
