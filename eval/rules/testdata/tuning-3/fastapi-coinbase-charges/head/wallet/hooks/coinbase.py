import logging
from decimal import Decimal
from typing import Annotated

from fastapi import APIRouter, Depends, Header, HTTPException, Request
from coinbase_commerce.error import SignatureVerificationError, WebhookInvalidPayload
from coinbase_commerce.webhook import Webhook
from redis.asyncio import Redis

from wallet.config import settings
from wallet.deps import get_redis, get_wallets
from wallet.repository import WalletRepository

log = logging.getLogger(__name__)
router = APIRouter()

SEEN_TTL = 3 * 24 * 3600


@router.post("/hooks/coinbase")
async def coinbase(
    request: Request,
    redis: Annotated[Redis, Depends(get_redis)],
    wallets: Annotated[WalletRepository, Depends(get_wallets)],
    x_cc_webhook_signature: Annotated[str, Header()],
) -> dict[str, bool]:
    body = (await request.body()).decode("utf-8")
    try:
        event = Webhook.construct_event(body, x_cc_webhook_signature, settings.coinbase_shared_secret)
    except (SignatureVerificationError, WebhookInvalidPayload) as exc:
        raise HTTPException(status_code=400) from exc

    key = f"coinbase:event:{event.id}"
    if await redis.get(key):
        return {"duplicate": True}

    if event.type == "charge:confirmed":
        local = event.data.pricing.local
        await wallets.credit(
            wallet_id=event.data.metadata.wallet_id,
            amount=Decimal(local.amount),
            currency=local.currency,
        )
        log.info("wallet credited for charge %s", event.data.code)

    await redis.set(key, "1", ex=SEEN_TTL)
    return {"duplicate": False}
