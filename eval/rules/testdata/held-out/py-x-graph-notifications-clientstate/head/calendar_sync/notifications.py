import hmac
import logging

from fastapi import APIRouter, Depends, HTTPException, Query, Request
from fastapi.responses import PlainTextResponse, Response

from calendar_sync.jobs import Jobs, get_jobs
from calendar_sync.schemas import NotificationBatch
from calendar_sync.subscriptions import Subscriptions, get_subscriptions

router = APIRouter()
log = logging.getLogger(__name__)


@router.post("/graph/notifications")
async def notify(
    request: Request,
    validation_token: str | None = Query(default=None, alias="validationToken", max_length=2048),
    subscriptions: Subscriptions = Depends(get_subscriptions),
    jobs: Jobs = Depends(get_jobs),
) -> Response:
    if validation_token is not None:
        return PlainTextResponse(validation_token)

    batch = NotificationBatch.model_validate_json(await request.body())
    for item in batch.value:
        known = await subscriptions.find(item.subscription_id)
        if known is None or not hmac.compare_digest(known.client_state.encode(), (item.client_state or "").encode()):
            log.warning("graph notification for subscription %s rejected", item.subscription_id)
            raise HTTPException(status_code=403)

    for item in batch.value:
        await jobs.enqueue_once(
            "refresh_event",
            key=f"{item.subscription_id}:{item.resource}",
            subscription=item.subscription_id,
            resource=item.resource,
        )
    return Response(status_code=202)
