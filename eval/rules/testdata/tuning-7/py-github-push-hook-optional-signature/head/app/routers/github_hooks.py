import hashlib
import hmac
import json
import logging

from fastapi import APIRouter, Depends, Header, HTTPException, Request
from redis.asyncio import Redis

from app.deps import get_arq, get_redis
from app.settings import settings

logger = logging.getLogger(__name__)
router = APIRouter(prefix="/hooks/github", tags=["hooks"])


def _expected(body: bytes) -> str:
    digest = hmac.new(settings.github_webhook_secret.encode(), body, hashlib.sha256)
    return "sha256=" + digest.hexdigest()


@router.post("/push", status_code=202)
async def on_push(
    request: Request,
    x_github_event: str = Header(),
    x_github_delivery: str = Header(),
    x_hub_signature_256: str | None = Header(default=None),
    redis: Redis = Depends(get_redis),
    arq=Depends(get_arq),
):
    body = await request.body()
    if x_hub_signature_256 and not hmac.compare_digest(
        _expected(body).encode(), x_hub_signature_256.encode()
    ):
        raise HTTPException(status_code=401, detail="bad signature")

    if x_github_event != "push":
        return {"status": "ignored"}

    try:
        payload = json.loads(body)
        repo_id = int(payload["repository"]["id"])
        after = str(payload["after"])
    except (ValueError, KeyError, TypeError):
        raise HTTPException(status_code=422, detail="unexpected payload")

    await arq.enqueue_job("build_commit", repo_id, after, _job_id=f"gh-{x_github_delivery}")
    logger.info("push on repo %s queued (%s)", repo_id, x_github_delivery)
    return {"status": "queued"}
