import json
import logging
import signal

import boto3
from botocore.config import Config

from loyalty.db import connection
from loyalty.settings import QUEUE_URL

log = logging.getLogger("loyalty.consumer")

sqs = boto3.client("sqs", config=Config(connect_timeout=5, read_timeout=30, retries={"mode": "standard"}))
running = True


def stop(*_args) -> None:
    global running
    running = False


def handle(message: dict) -> None:
    event = json.loads(message["Body"])
    points = int(event["total_cents"]) // 100
    with connection() as conn, conn.cursor() as cursor:
        cursor.execute(
            "UPDATE loyalty_accounts SET points = points + %s WHERE customer_id = %s",
            (points, event["customer_id"]),
        )
    log.info("order %s: %d points", event["order_id"], points)


def main() -> None:
    signal.signal(signal.SIGTERM, stop)
    while running:
        batch = sqs.receive_message(
            QueueUrl=QUEUE_URL, MaxNumberOfMessages=10, WaitTimeSeconds=20, VisibilityTimeout=120
        )
        for message in batch.get("Messages", []):
            try:
                handle(message)
            except Exception:
                log.exception("message %s left for redelivery", message["MessageId"])
                continue
            sqs.delete_message(QueueUrl=QUEUE_URL, ReceiptHandle=message["ReceiptHandle"])


if __name__ == "__main__":
    main()
