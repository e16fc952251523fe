import hashlib
import hmac
from typing import Annotated

from arq.connections import ArqRedis
from fastapi import APIRouter, Depends, Header, HTTPException, Request, Response, status

from deployer.deps import get_queue, get_settings
from deployer.settings import Settings

router = APIRouter(prefix="/github")


async def signed_body(
    request: Request,
    settings: Annotated[Settings, Depends(get_settings)],
    x_hub_signature_256: Annotated[str, Header()] = "",
) -> bytes:
    body = await request.body()
    if settings.github_webhook_secret:
        mac = hmac.new(settings.github_webhook_secret.encode(), body, hashlib.sha256).hexdigest()
        if not hmac.compare_digest(f"sha256={mac}", x_hub_signature_256):
            raise HTTPException(status.HTTP_401_UNAUTHORIZED)
    return body


@router.post("/deployments", status_code=202)
async def deployment(
    request: Request,
    body: Annotated[bytes, Depends(signed_body)],
    queue: Annotated[ArqRedis, Depends(get_queue)],
    settings: Annotated[Settings, Depends(get_settings)],
    x_github_event: Annotated[str, Header()],
    x_github_delivery: Annotated[str, Header()],
) -> Response:
    if x_github_event != "deployment":
        return Response(status_code=204)
    event = await request.json()
    if event["repository"]["full_name"] not in settings.allowed_repositories:
        raise HTTPException(status.HTTP_403_FORBIDDEN)
    await queue.enqueue_job("run_deployment", event["deployment"]["id"], _job_id=x_github_delivery)
    return Response(status_code=202)
