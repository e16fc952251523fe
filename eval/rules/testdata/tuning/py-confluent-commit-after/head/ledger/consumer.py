import logging

from confluent_kafka import Consumer, KafkaException, Message
from pydantic import ValidationError
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session, sessionmaker

from ledger.models import Entry, ParkedMessage
from ledger.schemas import EntryPosted

log = logging.getLogger(__name__)


class LedgerConsumer:
    def __init__(self, consumer: Consumer, sessions: sessionmaker[Session]) -> None:
        self._consumer = consumer  # enable.auto.commit is false
        self._sessions = sessions
        self._running = True

    def run(self) -> None:
        while self._running:
            message = self._consumer.poll(1.0)
            if message is None:
                continue
            if message.error():
                raise KafkaException(message.error())
            self._store(message)
            self._consumer.commit(message=message, asynchronous=False)

    def _store(self, message: Message) -> None:
        with self._sessions.begin() as session:
            try:
                posted = EntryPosted.model_validate_json(message.value())
            except ValidationError as exc:
                log.error("parked %s/%s: %d errors", message.partition(), message.offset(), exc.error_count())
                session.execute(
                    insert(ParkedMessage)
                    .values(
                        topic=message.topic(),
                        partition=message.partition(),
                        offset=message.offset(),
                        body=message.value(),
                    )
                    .on_conflict_do_nothing(index_elements=["topic", "partition", "offset"])
                )
                return
            row = insert(Entry).values(posted.model_dump())
            session.execute(row.on_conflict_do_nothing(index_elements=["entry_id"]))

    def stop(self) -> None:
        self._running = False
