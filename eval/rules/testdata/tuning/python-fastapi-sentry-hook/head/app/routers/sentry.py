from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Header, HTTPException
from pydantic import BaseModel, ValidationError
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from app.db import get_session
from app.models import InboundEvent
from app.security import sentry_body

router = APIRouter(prefix="/webhooks/sentry")


class IssueEvent(BaseModel):
    action: Literal["created", "resolved", "assigned", "archived", "unresolved"]
    data: dict


@router.post("", status_code=202)
async def receive(
    body: Annotated[bytes, Depends(sentry_body)],
    request_id: Annotated[str, Header(max_length=64)],
    sentry_hook_resource: Annotated[str, Header()],
    session: Annotated[AsyncSession, Depends(get_session)],
) -> dict[str, bool]:
    if sentry_hook_resource != "issue":
        return {"stored": False}
    try:
        event = IssueEvent.model_validate_json(body)
    except ValidationError as exc:
        raise HTTPException(status_code=422, detail="unexpected payload") from exc

    await session.execute(
        insert(InboundEvent)
        .values(source="sentry", external_id=request_id, payload=event.model_dump())
        .on_conflict_do_nothing(index_elements=["source", "external_id"])
    )
    await session.commit()
    return {"stored": True}
