import json
import logging
import signal
import threading

from confluent_kafka import Consumer, KafkaError, KafkaException
from sqlalchemy import update
from sqlalchemy.orm import Session

from loyalty.config import settings
from loyalty.db import engine
from loyalty.dead_letter import park
from loyalty.models import Member

log = logging.getLogger("loyalty.consumer")
stop = threading.Event()


def handle(raw: bytes) -> None:
    order = json.loads(raw)
    member_id, points = order["member_id"], int(order["total_minor"]) // 100
    with Session(engine) as session, session.begin():
        session.execute(
            update(Member)
            .where(Member.id == member_id)
            .values(points=Member.points + points)
        )
    log.info("order %s: %d points for member %s", order["order_id"], points, member_id)


def run() -> None:
    consumer = Consumer(
        {
            "bootstrap.servers": settings.kafka_brokers,
            "group.id": "loyalty-points",
            "enable.auto.commit": False,
            "auto.offset.reset": "earliest",
            "security.protocol": "SSL",
        }
    )
    consumer.subscribe(["orders.completed"])
    try:
        while not stop.is_set():
            message = consumer.poll(1.0)
            if message is None:
                continue
            if message.error():
                if message.error().code() == KafkaError._PARTITION_EOF:
                    continue
                raise KafkaException(message.error())
            try:
                handle(message.value())
            except (ValueError, KeyError, TypeError):
                park(message)
            consumer.commit(message=message, asynchronous=False)
    finally:
        consumer.close()


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    run()
