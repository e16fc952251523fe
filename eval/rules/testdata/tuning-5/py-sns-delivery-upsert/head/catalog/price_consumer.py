import json
import logging
from datetime import datetime
from decimal import Decimal, InvalidOperation

import boto3
from botocore.config import Config
from sqlalchemy import update

from catalog.db import session_scope
from catalog.models import Product

logger = logging.getLogger(__name__)

sqs = boto3.client("sqs", config=Config(connect_timeout=3, read_timeout=25, retries={"max_attempts": 4}))


class BadMessage(Exception):
    pass


def apply_price(body: str) -> bool:
    try:
        event = json.loads(body)
        sku = str(event["sku"])
        price = Decimal(str(event["price"]))
        changed_at = datetime.fromisoformat(event["changed_at"])
    except (ValueError, KeyError, TypeError, InvalidOperation) as exc:
        raise BadMessage(str(exc)) from exc
    if changed_at.tzinfo is None or not price.is_finite() or price < 0:
        raise BadMessage("naive time or bad price")

    with session_scope() as session:
        result = session.execute(
            update(Product)
            .where(Product.sku == sku, Product.price_changed_at < changed_at)
            .values(price=price, price_changed_at=changed_at)
        )
    return result.rowcount == 1


def poll(queue_url: str) -> None:
    answer = sqs.receive_message(QueueUrl=queue_url, MaxNumberOfMessages=10, WaitTimeSeconds=20)
    for message in answer.get("Messages", []):
        try:
            apply_price(message["Body"])
        except BadMessage as exc:
            # the redrive policy moves it to the dead letter queue after five receives
            logger.error("bad price message %s: %s", message["MessageId"], exc)
            continue
        sqs.delete_message(QueueUrl=queue_url, ReceiptHandle=message["ReceiptHandle"])
