import json
import os
from typing import Any

import boto3
from aws_lambda_powertools import Logger, Metrics, Tracer
from aws_lambda_powertools.metrics import MetricUnit
from botocore.config import Config
from botocore.exceptions import ClientError

logger = Logger(service="orders")
tracer = Tracer(service="orders")
metrics = Metrics(namespace="Acme", service="orders")

table = boto3.resource(
    "dynamodb",
    config=Config(connect_timeout=2, read_timeout=5, retries={"max_attempts": 4, "mode": "standard"}),
).Table(os.environ["ORDERS_TABLE"])

REQUIRED = {"order_id": str, "total_minor": int, "currency": str, "version": int}


def parse(body: str) -> dict[str, Any]:
    order = json.loads(body)
    for name, kind in REQUIRED.items():
        if not isinstance(order.get(name), kind):
            raise ValueError(f"{name} missing or not {kind.__name__}")
    if order["total_minor"] < 0:
        raise ValueError("total_minor is negative")
    return {name: order[name] for name in REQUIRED}


def save(order: dict[str, Any]) -> None:
    try:
        table.put_item(
            Item=order,
            ConditionExpression="attribute_not_exists(order_id) OR version < :v",
            ExpressionAttributeValues={":v": order["version"]},
        )
    except ClientError as exc:
        if exc.response["Error"]["Code"] != "ConditionalCheckFailedException":
            raise
        logger.info("older or repeated version ignored", extra={"order_id": order["order_id"]})


@tracer.capture_lambda_handler
@metrics.log_metrics
def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    failures = []
    for record in event["Records"]:
        try:
            save(parse(record["body"]))
        except Exception:
            logger.exception("order not stored", extra={"message_id": record["messageId"]})
            failures.append({"itemIdentifier": record["messageId"]})
    metrics.add_metric(name="OrdersFailed", unit=MetricUnit.Count, value=len(failures))
    return {"batchItemFailures": failures}
