from typing import Annotated, Literal

import structlog
from fastapi import APIRouter, Depends, Response, status
from pydantic import BaseModel, ConfigDict, EmailStr, Field
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from app.db import get_session
from app.models import Suppression

router = APIRouter(prefix="/hooks/sendgrid")
log = structlog.get_logger()

SUPPRESSING = {"bounce", "dropped", "spamreport", "unsubscribe", "group_unsubscribe"}


class MailEvent(BaseModel):
    model_config = ConfigDict(extra="ignore")

    sg_event_id: str
    event: str
    email: EmailStr
    timestamp: int


@router.post("/events", status_code=status.HTTP_204_NO_CONTENT)
async def receive_events(
    events: Annotated[list[MailEvent], Field(max_length=5000)],
    session: Annotated[AsyncSession, Depends(get_session)],
) -> Response:
    rows = [
        {"email": e.email.lower(), "reason": e.event, "source_event_id": e.sg_event_id}
        for e in events
        if e.event in SUPPRESSING
    ]
    if rows:
        statement = insert(Suppression).values(rows).on_conflict_do_nothing(index_elements=["source_event_id"])
        await session.execute(statement)
        await session.commit()
    log.info("sendgrid_events", received=len(events), suppressed=len(rows))
    return Response(status_code=status.HTTP_204_NO_CONTENT)
