import json
import logging

from fastapi import APIRouter, Depends, Header, HTTPException, Request
from redis.asyncio import Redis
from square.utils.webhooks_helper import verify_signature

from pos.deps import get_inventory, get_redis, get_settings
from pos.inventory import InventoryService

router = APIRouter()
log = logging.getLogger(__name__)
DAY = 86_400


@router.post("/hooks/square")
async def square_hook(
    request: Request,
    x_square_hmacsha256_signature: str = Header(),
    settings=Depends(get_settings),
    redis: Redis = Depends(get_redis),
    inventory: InventoryService = Depends(get_inventory),
):
    raw = (await request.body()).decode()
    if not verify_signature(
        request_body=raw,
        signature_header=x_square_hmacsha256_signature,
        signature_key=settings.square_signature_key,
        notification_url=settings.square_notification_url,
    ):
        raise HTTPException(status_code=403)

    event = json.loads(raw)
    first = await redis.set(f"square:event:{event['event_id']}", "1", nx=True, ex=3 * DAY)
    if not first:
        return {"status": "duplicate"}

    if event["type"] == "inventory.count.updated":
        for count in event["data"]["object"]["inventory_counts"]:
            await inventory.adjust(count["catalog_object_id"], count["location_id"], count["quantity"])
    log.info("square event %s handled", event["event_id"])
    return {"status": "ok"}
