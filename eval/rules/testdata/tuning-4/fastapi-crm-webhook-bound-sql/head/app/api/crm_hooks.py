from typing import Annotated

from fastapi import APIRouter, Depends, Response, status
from pydantic import BaseModel
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.db import get_session
from app.security import verify_crm_signature

router = APIRouter(prefix="/hooks/crm", dependencies=[Depends(verify_crm_signature)])


class CompanyChanged(BaseModel):
    event_id: str
    company_id: str
    name: str
    segment: str | None = None
    version: int


@router.post("/companies", status_code=status.HTTP_204_NO_CONTENT)
async def company_changed(
    event: CompanyChanged, session: Annotated[AsyncSession, Depends(get_session)]
) -> Response:
    async with session.begin():
        fresh = await session.execute(
            text(
                "INSERT INTO hook_events (source, event_id) VALUES ('crm', :event_id) "
                "ON CONFLICT DO NOTHING RETURNING event_id"
            ),
            {"event_id": event.event_id},
        )
        if fresh.scalar_one_or_none() is None:
            return Response(status_code=status.HTTP_204_NO_CONTENT)

        await session.execute(
            text(
                "UPDATE companies SET name = :name, segment = :segment, crm_version = :version "
                "WHERE crm_id = :company_id AND crm_version < :version"
            ),
            event.model_dump(include={"name", "segment", "version", "company_id"}),
        )
    return Response(status_code=status.HTTP_204_NO_CONTENT)
