import json
import logging

import boto3
from botocore.config import Config
from sqlalchemy import Engine, text

log = logging.getLogger(__name__)

BATCH = 10


class OutboxRelay:
    def __init__(self, engine: Engine, queue_url: str, region: str) -> None:
        self._engine = engine
        self._queue_url = queue_url
        self._sqs = boto3.client(
            "sqs",
            region_name=region,
            config=Config(connect_timeout=3, read_timeout=10, retries={"mode": "standard", "max_attempts": 4}),
        )

    def run_once(self) -> int:
        with self._engine.begin() as conn:
            rows = conn.execute(
                text(
                    "SELECT id, topic, body FROM outbox WHERE sent_at IS NULL "
                    "ORDER BY id LIMIT :limit FOR UPDATE SKIP LOCKED"
                ),
                {"limit": BATCH},
            ).all()
            if not rows:
                return 0
            self._sqs.send_message_batch(
                QueueUrl=self._queue_url,
                Entries=[
                    {"Id": str(row.id), "MessageBody": json.dumps({"id": row.id, "topic": row.topic, "body": row.body})}
                    for row in rows
                ],
            )
            conn.execute(
                text("UPDATE outbox SET sent_at = now() WHERE id = ANY(:ids)"),
                {"ids": [row.id for row in rows]},
            )
        log.info("relayed %d outbox rows", len(rows))
        return len(rows)
