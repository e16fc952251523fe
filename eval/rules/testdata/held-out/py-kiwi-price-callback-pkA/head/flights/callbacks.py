import hmac
from decimal import Decimal
from typing import Annotated, Any

import structlog
from fastapi import APIRouter, Body, Depends, Header, HTTPException
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from flights.config import settings
from flights.db import get_session
from flights.models import Booking

router = APIRouter(prefix="/callbacks/kiwi")
log = structlog.get_logger()


def partner_key(x_callback_key: Annotated[str, Header()]) -> None:
    if not hmac.compare_digest(x_callback_key.encode(), settings.kiwi_callback_key.get_secret_value().encode()):
        raise HTTPException(401)


@router.post("/price-changed", dependencies=[Depends(partner_key)], status_code=204)
async def price_changed(
    payload: Annotated[dict[str, Any], Body()],
    session: Annotated[AsyncSession, Depends(get_session)],
) -> None:
    statement = select(Booking).where(Booking.kiwi_id == payload["booking_id"]).with_for_update()
    booking = (await session.execute(statement)).scalar_one_or_none()
    if booking is None:
        raise HTTPException(404)

    booking.price = Decimal(payload["price"]["amount"])
    booking.currency = payload["price"]["currency"]
    booking.price_valid_until = payload["valid_until"]
    await session.commit()
    log.info("price_changed", booking=booking.id)
