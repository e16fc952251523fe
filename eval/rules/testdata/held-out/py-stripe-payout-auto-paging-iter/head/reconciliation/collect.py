import logging
from collections.abc import Iterator
from datetime import datetime

import boto3
import stripe
from botocore.config import Config

from reconciliation.settings import settings

log = logging.getLogger(__name__)

_stripe = stripe.StripeClient(
    settings.stripe_key.get_secret_value(),
    stripe_version="2024-06-20",
    max_network_retries=3,
    http_client=stripe.RequestsClient(timeout=30),
)
_s3 = boto3.client("s3", config=Config(connect_timeout=3, read_timeout=30))


def payout_transactions(payout_id: str) -> Iterator[stripe.BalanceTransaction]:
    first = _stripe.balance_transactions.list(params={"payout": payout_id, "limit": 100})
    yield from first.auto_paging_iter()


def payouts_between(start: datetime, end: datetime) -> list[stripe.Payout]:
    window = {"gte": int(start.timestamp()), "lt": int(end.timestamp())}
    first = _stripe.payouts.list(params={"arrival_date": window, "limit": 100})
    payouts = list(first.auto_paging_iter())
    log.info("%d payouts between %s and %s", len(payouts), start, end)
    return payouts


def statement_keys(prefix: str) -> list[str]:
    paginator = _s3.get_paginator("list_objects_v2")
    return [
        entry["Key"]
        for page in paginator.paginate(Bucket=settings.statement_bucket, Prefix=prefix)
        for entry in page.get("Contents", [])
    ]
