import json
import logging
from collections.abc import Sequence

from google.cloud import bigquery, pubsub_v1
from google.pubsub_v1.types import ReceivedMessage

logger = logging.getLogger(__name__)

BATCH = 500


class EventWriter:
    def __init__(
        self,
        bq: bigquery.Client,
        subscriber: pubsub_v1.SubscriberClient,
        table: str,
        subscription: str,
    ) -> None:
        self._bq = bq
        self._subscriber = subscriber
        self._table = table
        self._subscription = subscription

    def drain(self) -> int:
        """Pulls one batch, writes it and acknowledges it."""
        response = self._subscriber.pull(
            request={"subscription": self._subscription, "max_messages": BATCH},
            timeout=30,
        )
        messages = list(response.received_messages)
        if not messages:
            return 0

        self._write(messages)
        self._subscriber.acknowledge(
            request={
                "subscription": self._subscription,
                "ack_ids": [m.ack_id for m in messages],
            }
        )
        return len(messages)

    def _write(self, messages: Sequence[ReceivedMessage]) -> None:
        rows = [json.loads(m.message.data) for m in messages]
        self._bq.insert_rows_json(
            self._table,
            rows,
            row_ids=[m.message.message_id for m in messages],
            timeout=30,
        )
        logger.info("rows written", extra={"table": self._table, "count": len(rows)})
