from __future__ import annotations

import logging
from datetime import date
from decimal import Decimal

import boto3
from boto3.dynamodb.conditions import Key
from botocore.config import Config
from botocore.exceptions import ClientError

from metering.settings import settings

log = logging.getLogger(__name__)

_table = boto3.resource(
    "dynamodb",
    region_name=settings.region,
    config=Config(connect_timeout=2, read_timeout=10, retries={"mode": "standard"}),
).Table(settings.usage_table)


class UsageUnavailable(Exception):
    pass


def billable_calls(tenant_id: str, start: date, end: date) -> dict[str, Decimal]:
    """Calls per product of a tenant, as put on the monthly invoice."""
    condition = Key("pk").eq(f"TENANT#{tenant_id}") & Key("sk").between(
        f"CALL#{start.isoformat()}", f"CALL#{end.isoformat()}~"
    )
    try:
        answer = _table.query(
            KeyConditionExpression=condition,
            ProjectionExpression="product, units",
        )
    except ClientError as exc:
        log.error("usage query failed: %s", exc.response["Error"]["Code"])
        raise UsageUnavailable(tenant_id) from exc

    totals: dict[str, Decimal] = {}
    for item in answer["Items"]:
        totals[item["product"]] = totals.get(item["product"], Decimal(0)) + item["units"]
    log.info("tenant %s: %d products with usage", tenant_id, len(totals))
    return totals
