import logging
from typing import Any

from fastapi import APIRouter, Depends, HTTPException
from pydantic import BaseModel
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from app.db import get_session
from app.models import CarrierEvent

router = APIRouter(prefix="/webhooks/easypost")
log = logging.getLogger("webhooks.easypost")


class EasyPostEvent(BaseModel):
    id: str
    description: str
    mode: str
    result: dict[str, Any]


@router.post("", status_code=202)
async def receive(event: EasyPostEvent, session: AsyncSession = Depends(get_session)) -> dict:
    if event.description != "tracker.updated":
        return {"status": "ignored"}
    if "tracking_code" not in event.result:
        raise HTTPException(status_code=422, detail="tracking_code missing")

    stmt = (
        insert(CarrierEvent)
        .values(event_id=event.id, provider="easypost", payload=event.result)
        .on_conflict_do_nothing(index_elements=["provider", "event_id"])
        .returning(CarrierEvent.id)
    )
    row = (await session.execute(stmt)).scalar_one_or_none()
    await session.commit()
    log.info("easypost event %s %s", event.id, "duplicate" if row is None else "stored")
    return {"status": "duplicate" if row is None else "accepted"}
