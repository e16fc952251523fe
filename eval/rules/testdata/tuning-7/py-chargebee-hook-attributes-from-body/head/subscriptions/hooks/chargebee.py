import logging
import secrets

from fastapi import APIRouter, Depends, HTTPException, Request, status
from fastapi.security import HTTPBasic, HTTPBasicCredentials
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from subscriptions.db import get_session
from subscriptions.models import Subscription
from subscriptions.settings import settings

log = logging.getLogger(__name__)
router = APIRouter()
basic = HTTPBasic()


def chargebee_only(credentials: HTTPBasicCredentials = Depends(basic)) -> None:
    user_ok = secrets.compare_digest(
        credentials.username.encode(), settings.chargebee_hook_user.encode()
    )
    password_ok = secrets.compare_digest(
        credentials.password.encode(), settings.chargebee_hook_password.encode()
    )
    if not (user_ok and password_ok):
        raise HTTPException(status.HTTP_401_UNAUTHORIZED)


@router.post("/hooks/chargebee", dependencies=[Depends(chargebee_only)], status_code=204)
async def subscription_changed(
    request: Request, session: AsyncSession = Depends(get_session)
) -> None:
    event = await request.json()
    if event.get("event_type") != "subscription_changed":
        return

    remote = event["content"]["subscription"]
    row = await session.scalar(
        select(Subscription).where(Subscription.chargebee_id == remote["id"]).with_for_update()
    )
    if row is None:
        log.info("chargebee subscription is not ours")
        return
    if row.resource_version >= remote["resource_version"]:
        return

    for name, value in remote.items():
        if name != "id" and hasattr(row, name):
            setattr(row, name, value)
    await session.commit()
