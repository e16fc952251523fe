import hashlib
import hmac
import logging
from typing import Annotated

from fastapi import APIRouter, BackgroundTasks, Header, HTTPException, Request, status
from starlette.concurrency import run_in_threadpool

from ci_board.inbox import handle_delivery, store_delivery
from ci_board.settings import settings

logger = logging.getLogger(__name__)
router = APIRouter()

LIMIT = 3 * 1024 * 1024


async def _body(request: Request) -> bytes:
    parts: list[bytes] = []
    size = 0
    async for part in request.stream():
        size += len(part)
        if size > LIMIT:
            raise HTTPException(status.HTTP_413_REQUEST_ENTITY_TOO_LARGE)
        parts.append(part)
    return b"".join(parts)


def _signed(body: bytes, header: str) -> bool:
    expected = "sha256=" + hmac.new(settings.github_secret.encode(), body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(expected.encode(), header.encode())


@router.post("/github", status_code=status.HTTP_202_ACCEPTED)
async def github(
    request: Request,
    tasks: BackgroundTasks,
    x_github_event: Annotated[str, Header()],
    x_github_delivery: Annotated[str, Header(max_length=64)],
    x_hub_signature_256: Annotated[str, Header()],
) -> dict[str, str]:
    body = await _body(request)
    if not _signed(body, x_hub_signature_256):
        raise HTTPException(status.HTTP_401_UNAUTHORIZED)
    if x_github_event != "workflow_run":
        return {"state": "ignored"}

    fresh = await run_in_threadpool(store_delivery, x_github_delivery, x_github_event, body)
    if fresh:
        tasks.add_task(handle_delivery, x_github_delivery)
    return {"state": "stored" if fresh else "known"}
