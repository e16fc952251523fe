import base64
import hashlib
import hmac
import logging
from typing import Annotated

from fastapi import APIRouter, Depends, Header, HTTPException, Request
from pydantic import BaseModel, ValidationError
from sqlalchemy.ext.asyncio import AsyncSession

from app.config import settings
from app.db import session
from app.envelopes import record_status

logger = logging.getLogger("docusign")
router = APIRouter(prefix="/hooks/docusign")

MAX_BODY = 1024 * 1024


class EnvelopeData(BaseModel):
    envelopeId: str
    accountId: str


class ConnectEvent(BaseModel):
    event: str
    generatedDateTime: str
    data: EnvelopeData


async def limited_body(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body.extend(chunk)
        if len(body) > MAX_BODY:
            raise HTTPException(413)
    return bytes(body)


def signature_ok(body: bytes, header: str) -> bool:
    digest = hmac.new(settings.docusign_hmac_key.encode(), body, hashlib.sha256).digest()
    return hmac.compare_digest(base64.b64encode(digest), header.encode("ascii", "replace"))


@router.post("/connect")
async def connect(
    body: Annotated[bytes, Depends(limited_body)],
    db: Annotated[AsyncSession, Depends(session)],
    x_docusign_signature_1: Annotated[str, Header()] = "",
):
    if not signature_ok(body, x_docusign_signature_1):
        raise HTTPException(401)

    try:
        message = ConnectEvent.model_validate_json(body)
    except ValidationError:
        raise HTTPException(422) from None
    async with db.begin():
        # unique (envelope_id, event, generated_at), later duplicates are ignored
        await record_status(db, message.data.envelopeId, message.event, message.generatedDateTime)
    return {"status": "ok"}
