import json
import logging
import signal

from confluent_kafka import Consumer, KafkaException, Message, Producer
from pydantic import AwareDatetime, BaseModel, Field, ValidationError

from metering.db import upsert_reading
from metering.settings import settings

logger = logging.getLogger(__name__)


class Reading(BaseModel):
    reading_id: str = Field(min_length=8, max_length=64)
    meter: str = Field(pattern=r"^[A-Z0-9]{6,20}$")
    watt_hours: int = Field(ge=0)
    taken_at: AwareDatetime


def park(producer: Producer, message: Message, reason: str) -> None:
    """Writes to the dead letter topic and waits until the broker has it."""
    failures: list[str] = []
    producer.produce(
        settings.dead_letter_topic,
        key=message.key(),
        value=message.value(),
        headers={"reason": reason, "offset": str(message.offset())},
        on_delivery=lambda err, _msg: failures.append(str(err)) if err else None,
    )
    if producer.flush(15) > 0 or failures:
        raise RuntimeError(f"message could not be parked: {failures}")


def run() -> None:
    running = True

    def stop(*_):
        nonlocal running
        running = False

    signal.signal(signal.SIGTERM, stop)
    consumer = Consumer(
        {
            "bootstrap.servers": settings.brokers,
            "group.id": "metering",
            "enable.auto.commit": False,
            "auto.offset.reset": "earliest",
        }
    )
    producer = Producer({"bootstrap.servers": settings.brokers, "enable.idempotence": True})
    consumer.subscribe([settings.topic])
    try:
        while running:
            message = consumer.poll(1.0)
            if message is None:
                continue
            if message.error():
                raise KafkaException(message.error())
            try:
                reading = Reading.model_validate(json.loads(message.value()))
            except (ValueError, TypeError, ValidationError) as exc:
                logger.warning("offset %d is malformed: %s", message.offset(), type(exc).__name__)
                park(producer, message, "malformed")
            else:
                # a database failure ends the process, the message is read again after the restart
                upsert_reading(reading)
            consumer.commit(message=message, asynchronous=False)
    finally:
        consumer.close()
