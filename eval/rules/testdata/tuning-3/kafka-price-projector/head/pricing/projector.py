import logging

from confluent_kafka import Consumer, KafkaException, Message, Producer
from pydantic import AwareDatetime, BaseModel, ValidationError

from pricing.config import settings
from pricing.store import PriceStore

log = logging.getLogger(__name__)


class PriceSet(BaseModel):
    event_id: str
    sku: str
    currency: str
    amount_minor: int
    valid_from: AwareDatetime
    revision: int


class PriceProjector:
    def __init__(self, store: PriceStore, consumer: Consumer, producer: Producer) -> None:
        self._store = store
        self._consumer = consumer  # created with enable.auto.commit = false
        self._producer = producer

    def run_forever(self) -> None:
        self._consumer.subscribe(["pricing.price-set"])
        while True:
            message = self._consumer.poll(1.0)
            if message is None:
                continue
            if message.error():
                raise KafkaException(message.error())
            self._handle(message)
            self._consumer.commit(message=message, asynchronous=False)

    def _handle(self, message: Message) -> None:
        try:
            event = PriceSet.model_validate_json(message.value() or b"")
        except ValidationError as exc:
            log.error("unreadable price at %s/%s: %s", message.partition(), message.offset(), exc.error_count())
            self._park(message)
            return
        # keeps the row with the highest revision; a failing database stops the process before the commit
        self._store.upsert_if_newer(event)

    def _park(self, message: Message) -> None:
        failures: list[str] = []
        self._producer.produce(
            settings.dead_letter_topic,
            key=message.key(),
            value=message.value(),
            headers=[("source-offset", str(message.offset()).encode())],
            on_delivery=lambda err, _msg: failures.append(str(err)) if err else None,
        )
        if self._producer.flush(10) > 0 or failures:
            raise KafkaException(f"dead letter not written: {failures}")
