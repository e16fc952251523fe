import json
import logging

from fastapi import APIRouter, Depends
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from app.db import get_session
from app.models import CarrierEvent
from app.webhooks.security import easypost_body

router = APIRouter(prefix="/webhooks/easypost")
log = logging.getLogger("webhooks.easypost")


@router.post("", status_code=202)
async def receive(
    body: bytes = Depends(easypost_body),
    session: AsyncSession = Depends(get_session),
) -> dict[str, str]:
    event = json.loads(body)
    stmt = (
        insert(CarrierEvent)
        .values(event_id=event["id"], provider="easypost", payload=event)
        .on_conflict_do_nothing(index_elements=["provider", "event_id"])
    )
    result = await session.execute(stmt)
    await session.commit()
    log.info("easypost event %s stored=%d", event["id"], result.rowcount)
    return {"status": "accepted"}
