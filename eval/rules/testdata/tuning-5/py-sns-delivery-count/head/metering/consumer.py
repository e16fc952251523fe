import json
import logging
import signal

import boto3
from botocore.config import Config

from metering.db import session_scope
from metering.models import Usage

logger = logging.getLogger(__name__)

sqs = boto3.client("sqs", config=Config(connect_timeout=3, read_timeout=25, retries={"max_attempts": 4}))


class Consumer:
    def __init__(self, queue_url: str) -> None:
        self.queue_url = queue_url
        self.running = True
        signal.signal(signal.SIGTERM, self._stop)

    def _stop(self, *_):
        self.running = False

    def handle(self, body: str) -> None:
        event = json.loads(body)
        account_id = int(event["account_id"])
        units = int(event["units"])
        if units <= 0:
            raise ValueError("units must be positive")
        with session_scope() as session:
            session.query(Usage).filter_by(account_id=account_id, month=event["month"]).update(
                {Usage.units: Usage.units + units}
            )

    def run(self) -> None:
        while self.running:
            answer = sqs.receive_message(QueueUrl=self.queue_url, MaxNumberOfMessages=10, WaitTimeSeconds=20)
            for message in answer.get("Messages", []):
                try:
                    self.handle(message["Body"])
                except Exception:
                    logger.exception("message %s stays in the queue", message["MessageId"])
                    continue
                sqs.delete_message(QueueUrl=self.queue_url, ReceiptHandle=message["ReceiptHandle"])
