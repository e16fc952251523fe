import json
import logging
import signal

import boto3
from botocore.config import Config
from sqlalchemy import update

from mailer.db import session_scope
from mailer.models import Recipient
from mailer.settings import BOUNCE_QUEUE_URL

log = logging.getLogger(__name__)
sqs = boto3.client("sqs", config=Config(connect_timeout=5, read_timeout=30))
running = True


def stop(*_args) -> None:
    global running
    running = False


def handle(body: str) -> None:
    notification = json.loads(json.loads(body)["Message"])
    if notification.get("notificationType") != "Bounce":
        return
    bounce = notification["bounce"]
    if bounce["bounceType"] != "Permanent":
        return
    addresses = [entry["emailAddress"].lower() for entry in bounce["bouncedRecipients"]]
    with session_scope() as session:
        session.execute(
            update(Recipient).where(Recipient.email.in_(addresses)).values(bounces=Recipient.bounces + 1)
        )


def main() -> None:
    signal.signal(signal.SIGTERM, stop)
    while running:
        batch = sqs.receive_message(QueueUrl=BOUNCE_QUEUE_URL, MaxNumberOfMessages=10, WaitTimeSeconds=20)
        for message in batch.get("Messages", []):
            try:
                handle(message["Body"])
            except Exception:
                # stays in the queue and ends in the dead-letter queue after five receives
                log.exception("bounce %s not handled", message["MessageId"])
                continue
            sqs.delete_message(QueueUrl=BOUNCE_QUEUE_URL, ReceiptHandle=message["ReceiptHandle"])
