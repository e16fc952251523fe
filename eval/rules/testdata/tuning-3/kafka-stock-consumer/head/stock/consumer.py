import json
import logging
import signal

from confluent_kafka import Consumer, KafkaException

from stock.config import settings
from stock.service import StockService

log = logging.getLogger(__name__)


class MovementConsumer:
    def __init__(self, service: StockService) -> None:
        self._service = service
        self._running = True
        self._consumer = Consumer(
            {
                "bootstrap.servers": settings.kafka_brokers,
                "group.id": "stock-projection",
                "enable.auto.commit": False,
                "auto.offset.reset": "earliest",
                "security.protocol": "SASL_SSL",
                "sasl.mechanism": "SCRAM-SHA-512",
                "sasl.username": settings.kafka_user,
                "sasl.password": settings.kafka_password,
            }
        )
        signal.signal(signal.SIGTERM, self._stop)

    def _stop(self, *_args) -> None:
        self._running = False

    def run(self) -> None:
        self._consumer.subscribe(["warehouse.movements.v2"])
        try:
            while self._running:
                message = self._consumer.poll(1.0)
                if message is None:
                    continue
                if message.error():
                    raise KafkaException(message.error())
                try:
                    movement = json.loads(message.value())
                    self._service.apply(movement["movement_id"], movement["sku"], movement["delta"])
                except Exception:
                    log.debug("movement skipped at offset %s", message.offset())
                self._consumer.commit(message=message, asynchronous=False)
        finally:
            self._consumer.close()
