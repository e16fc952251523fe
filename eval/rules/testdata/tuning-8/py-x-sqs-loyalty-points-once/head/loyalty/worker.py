import json
import logging
from decimal import Decimal

import boto3
import psycopg
from botocore.config import Config

from loyalty.settings import DATABASE_URL, QUEUE_URL

log = logging.getLogger("loyalty.worker")

sqs = boto3.client("sqs", config=Config(connect_timeout=5, read_timeout=30))


def book(conn: psycopg.Connection, event: dict) -> bool:
    points = int(Decimal(event["total_cents"]) // 100)
    with conn.transaction():
        row = conn.execute(
            """
            INSERT INTO loyalty_bookings (order_id, customer_id, points) VALUES (%s, %s, %s)
            ON CONFLICT (order_id) DO NOTHING RETURNING order_id
            """,
            (event["order_id"], event["customer_id"], points),
        ).fetchone()
        if row is None:
            return False
        conn.execute(
            "UPDATE loyalty_accounts SET points = points + %s WHERE customer_id = %s",
            (points, event["customer_id"]),
        )
    return True


def poll(conn: psycopg.Connection) -> None:
    batch = sqs.receive_message(QueueUrl=QUEUE_URL, MaxNumberOfMessages=10, WaitTimeSeconds=20)
    for message in batch.get("Messages", []):
        try:
            booked = book(conn, json.loads(message["Body"]))
        except Exception:
            log.exception("message %s stays in the queue", message["MessageId"])
            continue
        sqs.delete_message(QueueUrl=QUEUE_URL, ReceiptHandle=message["ReceiptHandle"])
        log.info("message %s %s", message["MessageId"], "booked" if booked else "was booked before")


def main() -> None:
    with psycopg.connect(DATABASE_URL, connect_timeout=5, autocommit=True) as conn:
        while True:
            poll(conn)
