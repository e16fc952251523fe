import base64
import logging
from datetime import datetime
from typing import Annotated

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from fastapi import APIRouter, BackgroundTasks, Header, HTTPException, Request
from pydantic import BaseModel

from treasury.settings import settings
from treasury.transfers import apply_transfer_state

logger = logging.getLogger(__name__)
router = APIRouter()
public_key = load_pem_public_key(settings.wise_public_key.encode())


class TransferState(BaseModel):
    resource_id: int
    current_state: str
    occurred_at: datetime


def _verify(body: bytes, signature: str) -> None:
    try:
        public_key.verify(
            base64.b64decode(signature), body, padding.PKCS1v15(), hashes.SHA256()
        )
    except (InvalidSignature, ValueError) as exc:
        raise HTTPException(401, "invalid signature") from exc


@router.post("/webhooks/wise/transfers", status_code=200)
async def transfer_state_changed(
    request: Request,
    background: BackgroundTasks,
    x_signature_sha256: Annotated[str, Header()],
    x_delivery_id: Annotated[str, Header()],
) -> dict[str, str]:
    body = await request.body()
    _verify(body, x_signature_sha256)
    payload = await request.json()
    try:
        change = TransferState(
            resource_id=payload["data"]["resource"]["id"],
            current_state=payload["data"]["current_state"],
            occurred_at=payload["data"]["occurred_at"],
        )
    except (KeyError, ValueError) as exc:
        raise HTTPException(422, "unexpected payload") from exc

    # apply_transfer_state is idempotent on (transfer, state)
    background.add_task(apply_transfer_state, change.resource_id, change.current_state, change.occurred_at)
    logger.info("wise delivery %s accepted", x_delivery_id)
    return {"status": "accepted"}
