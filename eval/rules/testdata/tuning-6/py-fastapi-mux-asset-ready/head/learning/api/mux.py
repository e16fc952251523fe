import hashlib
import hmac
import json
import time
from typing import Annotated

from fastapi import APIRouter, Depends, Header, HTTPException, Request, Response

from learning.config import Settings, get_settings
from learning.lessons import lessons
from learning.media import download, transcribe
from learning.store import events

router = APIRouter()
TOLERANCE_SECONDS = 300


def check_signature(header: str, body: bytes, secret: str) -> None:
    parts = dict(item.partition("=")[::2] for item in header.split(","))
    timestamp = parts.get("t", "")
    if not timestamp.isdigit() or abs(time.time() - int(timestamp)) > TOLERANCE_SECONDS:
        raise HTTPException(401, "stale signature")
    expected = hmac.new(secret.encode(), f"{timestamp}.".encode() + body, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(expected, parts.get("v1", "")):
        raise HTTPException(401, "bad signature")


@router.post("/mux/events")
async def mux_events(
    request: Request,
    settings: Annotated[Settings, Depends(get_settings)],
    mux_signature: Annotated[str, Header()],
) -> Response:
    body = await request.body()
    check_signature(mux_signature, body, settings.mux_webhook_secret)
    event = json.loads(body)
    if event.get("type") != "video.asset.ready":
        return Response(status_code=204)

    async with events.claim(event["id"]) as is_new:  # released again when the block raises
        if is_new:
            asset = event["data"]
            path = await download(asset["playback_ids"][0]["id"])
            transcript = await transcribe(path, language="de")
            await lessons.attach_transcript(asset["passthrough"], transcript)
    return Response(status_code=204)
