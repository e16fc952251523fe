import json
import logging
from datetime import datetime

from confluent_kafka import Producer
from sqlalchemy import select
from sqlalchemy.orm import Session

from bookings.models import Booking, Room
from bookings.settings import settings

log = logging.getLogger(__name__)

_producer = Producer(
    {
        "bootstrap.servers": settings.kafka_brokers,
        "security.protocol": "SSL",
        "enable.idempotence": True,
        "delivery.timeout.ms": 15000,
    }
)


class RoomTaken(Exception):
    pass


class PublishFailed(Exception):
    pass


def _publish(booking: Booking) -> None:
    failures: list[str] = []
    _producer.produce(
        "bookings.created",
        key=str(booking.id),
        value=json.dumps({"booking_id": booking.id, "room_id": booking.room_id}),
        on_delivery=lambda err, _msg: failures.append(err.str()) if err else None,
    )
    if _producer.flush(15) or failures:
        raise PublishFailed(str(booking.id))


def book(session: Session, room_id: int, guest_id: int, start: datetime, end: datetime) -> int:
    with session.begin():
        room = session.scalar(select(Room).where(Room.id == room_id).with_for_update())
        if room is None or room.is_taken(start, end):
            raise RoomTaken(room_id)
        booking = Booking(room_id=room.id, guest_id=guest_id, start=start, end=end)
        session.add(booking)
        session.flush()
        _publish(booking)
        booking_id = booking.id
    log.info("booking %s created", booking_id)
    return booking_id
