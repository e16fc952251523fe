import logging

from fastapi import APIRouter, Depends, HTTPException, Request, Response
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from images.db import get_session
from images.models import Generation
from images.settings import settings
from images.tasks import store_outputs

router = APIRouter()
log = logging.getLogger("images.replicate")

webhook = Webhook(settings.replicate_webhook_secret)
FINAL = {"succeeded", "failed", "canceled"}


@router.post("/hooks/replicate")
async def prediction_done(request: Request, session: AsyncSession = Depends(get_session)) -> Response:
    try:
        prediction = webhook.verify(await request.body(), dict(request.headers))
    except WebhookVerificationError:
        log.warning("replicate webhook not genuine")
        raise HTTPException(status_code=401)

    status = prediction.get("status")
    if status not in FINAL:
        return Response(status_code=204)

    changed = await session.execute(
        update(Generation)
        .where(Generation.prediction_id == prediction["id"], Generation.status == "running")
        .values(status=status, error=(prediction.get("error") or "")[:500] or None)
    )
    if changed.rowcount and status == "succeeded":
        store_outputs.apply_async(args=[prediction["id"]], countdown=5)
    await session.commit()
    return Response(status_code=204)
