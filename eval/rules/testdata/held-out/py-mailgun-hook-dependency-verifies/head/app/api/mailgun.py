import logging

from fastapi import APIRouter, Depends
from sqlalchemy.ext.asyncio import AsyncSession

from app.api.mailgun_auth import MailgunEvent, verified_event
from app.db import get_session
from app.services.suppression import suppress_address

log = logging.getLogger(__name__)
router = APIRouter(prefix="/hooks/mailgun")


@router.post("/failed", status_code=204)
async def permanent_failure(
    event: MailgunEvent = Depends(verified_event),
    session: AsyncSession = Depends(get_session),
) -> None:
    if event.event != "failed" or event.severity != "permanent":
        return
    # upsert by address, a second delivery changes nothing
    await suppress_address(session, event.recipient, reason=event.reason or "bounce")
    await session.commit()
    log.info("address suppressed after mailgun event %s", event.id)
