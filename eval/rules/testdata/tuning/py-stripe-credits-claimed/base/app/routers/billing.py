import logging
from typing import Annotated

import stripe
from fastapi import APIRouter, Depends, Header, HTTPException, Request
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from app.db import get_session
from app.models import Wallet
from app.settings import settings

router = APIRouter(prefix="/billing")
log = logging.getLogger(__name__)


@router.post("/stripe")
async def stripe_event(
    request: Request,
    session: Annotated[AsyncSession, Depends(get_session)],
    stripe_signature: Annotated[str, Header()],
):
    try:
        event = stripe.Webhook.construct_event(
            await request.body(), stripe_signature, settings.stripe_webhook_secret
        )
    except (ValueError, stripe.SignatureVerificationError):
        raise HTTPException(400) from None

    if event["type"] != "checkout.session.completed":
        return {"handled": False}

    checkout = event["data"]["object"]
    if checkout["currency"] != "eur" or not checkout["client_reference_id"]:
        log.error("checkout %s does not fit a wallet top-up", checkout["id"])
        return {"handled": False}

    async with session.begin():
        await session.execute(
            update(Wallet)
            .where(Wallet.owner_id == checkout["client_reference_id"])
            .values(balance_minor=Wallet.balance_minor + checkout["amount_total"])
        )
    return {"handled": True}
