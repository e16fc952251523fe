from typing import Annotated

import stripe
from fastapi import APIRouter, Depends, Header, HTTPException, Request, Response
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from billing.config import Settings, get_settings
from billing.db import get_session
from billing.models import StripeInbox

router = APIRouter()

HANDLED = frozenset(
    {
        "invoice.paid",
        "invoice.payment_failed",
        "customer.subscription.updated",
        "customer.subscription.deleted",
        "charge.dispute.created",
        "charge.dispute.closed",
    }
)


@router.post("/stripe/events")
async def receive(
    request: Request,
    settings: Annotated[Settings, Depends(get_settings)],
    session: Annotated[AsyncSession, Depends(get_session)],
    stripe_signature: Annotated[str, Header()],
) -> Response:
    payload = await request.body()
    try:
        event = stripe.Webhook.construct_event(payload, stripe_signature, settings.stripe_webhook_secret)
    except (ValueError, stripe.SignatureVerificationError) as exc:
        raise HTTPException(status_code=400, detail="invalid event") from exc

    if event["type"] not in HANDLED:
        return Response(status_code=204)

    await session.execute(
        insert(StripeInbox)
        .values(event_id=event["id"], kind=event["type"], created=event["created"], payload=payload.decode())
        .on_conflict_do_nothing(index_elements=[StripeInbox.event_id])
    )
    await session.commit()
    return Response(status_code=204)
