import logging

import redis
from gocardless_pro import webhooks
from gocardless_pro.errors import InvalidSignatureError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from collections_svc import mandates, payments
from collections_svc.config import config

log = logging.getLogger(__name__)
claims = redis.Redis.from_url(config.redis_url, socket_timeout=2)

CLAIM_TTL = 3 * 24 * 3600
HANDLERS = {
    "payments": payments.apply_event,
    "mandates": mandates.apply_event,
}


def _handle(event) -> None:
    handler = HANDLERS.get(event.resource_type)
    if handler is None:
        return
    slot = f"gc:event:{event.id}"
    if not claims.set(slot, "1", nx=True, ex=CLAIM_TTL):
        log.info("event already handled", extra={"event_id": event.id})
        return
    try:
        handler(event)
    except Exception:
        claims.delete(slot)
        raise


async def gocardless_webhook(request: Request) -> Response:
    body = await request.body()
    try:
        events = webhooks.parse(
            body.decode(), config.gocardless_webhook_secret, request.headers.get("Webhook-Signature", "")
        )
    except InvalidSignatureError:
        return Response(status_code=498)

    for event in events:
        await run_in_threadpool(_handle, event)
    return Response(status_code=204)
