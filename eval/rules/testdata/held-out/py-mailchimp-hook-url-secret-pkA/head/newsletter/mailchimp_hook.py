import hmac
from typing import Annotated

import structlog
from fastapi import APIRouter, Depends, Form, HTTPException, Path, Response
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from newsletter.config import settings
from newsletter.db import get_session
from newsletter.models import Subscriber

router = APIRouter(prefix="/hooks/mailchimp")
log = structlog.get_logger()


def known_secret(secret: Annotated[str, Path(max_length=128)]) -> None:
    expected = settings.mailchimp_hook_secret.get_secret_value()
    if not hmac.compare_digest(secret.encode(), expected.encode()):
        raise HTTPException(status_code=404)


@router.get("/{secret}", dependencies=[Depends(known_secret)])
async def probe() -> Response:
    """Mailchimp calls the address with GET when the hook is set up."""
    return Response(status_code=200)


@router.post("/{secret}", dependencies=[Depends(known_secret)])
async def unsubscribe(
    session: Annotated[AsyncSession, Depends(get_session)],
    kind: Annotated[str, Form(alias="type", max_length=30)],
    email: Annotated[str, Form(alias="data[email]", max_length=254)],
    list_id: Annotated[str, Form(alias="data[list_id]", max_length=20)],
) -> Response:
    if kind in {"unsubscribe", "cleaned"}:
        result = await session.execute(
            update(Subscriber)
            .where(Subscriber.email == email.lower(), Subscriber.list_id == list_id)
            .values(active=False)
        )
        await session.commit()
        log.info("mailchimp_unsubscribe", kind=kind, rows=result.rowcount)
    return Response(status_code=204)
