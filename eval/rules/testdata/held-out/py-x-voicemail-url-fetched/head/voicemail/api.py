import hashlib
import hmac
import logging

import httpx
from fastapi import APIRouter, BackgroundTasks, Header, HTTPException, Request
from pydantic import BaseModel

from voicemail.config import config
from voicemail.store import save_audio

router = APIRouter()
log = logging.getLogger("voicemail")

LIMIT = 20 * 1024 * 1024


class Voicemail(BaseModel):
    id: str
    mailbox: str
    recording_url: str


async def fetch_audio(message: Voicemail) -> None:
    parts: list[bytes] = []
    size = 0
    async with httpx.AsyncClient(timeout=30, auth=(config.pbx_user, config.pbx_password)) as client:
        async with client.stream("GET", message.recording_url) as response:
            response.raise_for_status()
            async for chunk in response.aiter_bytes():
                size += len(chunk)
                if size > LIMIT:
                    log.error("voicemail %s larger than %d bytes", message.id, LIMIT)
                    return
                parts.append(chunk)
    await save_audio(message.id, message.mailbox, b"".join(parts))


@router.post("/tenants/{tenant}/voicemail", status_code=202)
async def voicemail(
    tenant: str, request: Request, tasks: BackgroundTasks, x_signature: str = Header(default="")
) -> dict[str, str]:
    body = await request.body()
    secret = config.tenant_secrets.get(tenant)
    if secret is None:
        raise HTTPException(404)
    expected = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(expected.encode(), x_signature.encode()):
        raise HTTPException(401)
    tasks.add_task(fetch_audio, Voicemail.model_validate_json(body))
    return {"status": "accepted"}
