import json
import logging
from itertools import islice

import boto3
from botocore.config import Config
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from outbox.models import OutboxRow

log = logging.getLogger(__name__)


def _chunks(rows, size):
    it = iter(rows)
    while chunk := list(islice(it, size)):
        yield chunk


class EventBridgePublisher:
    def __init__(self, bus: str, region: str) -> None:
        self._bus = bus
        self._client = boto3.client(
            "events",
            region_name=region,
            config=Config(connect_timeout=3, read_timeout=10, retries={"mode": "standard", "max_attempts": 4}),
        )

    def flush(self, session: Session) -> int:
        rows = session.scalars(
            select(OutboxRow).where(OutboxRow.sent.is_(False)).order_by(OutboxRow.id).limit(500)
            .with_for_update(skip_locked=True)
        ).all()
        for chunk in _chunks(rows, 10):
            self._client.put_events(
                Entries=[
                    {"EventBusName": self._bus, "Source": "orders", "DetailType": r.type, "Detail": json.dumps(r.body)}
                    for r in chunk
                ]
            )
            session.execute(update(OutboxRow).where(OutboxRow.id.in_([r.id for r in chunk])).values(sent=True))
            session.commit()
        log.info("flushed %d outbox rows", len(rows))
        return len(rows)
