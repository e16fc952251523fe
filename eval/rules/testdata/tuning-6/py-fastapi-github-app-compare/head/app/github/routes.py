import json
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Response, status

from app.github.security import verified_body
from app.queue import enqueue_once

router = APIRouter(prefix="/github")


@router.post("/events", status_code=status.HTTP_202_ACCEPTED)
async def receive(
    body: Annotated[bytes, Depends(verified_body)],
    x_github_event: Annotated[str, Header()],
    x_github_delivery: Annotated[str, Header()],
) -> Response:
    if x_github_event in {"check_suite", "pull_request"}:
        await enqueue_once(key=x_github_delivery, kind=x_github_event, payload=json.loads(body))
    return Response(status_code=status.HTTP_202_ACCEPTED)
