import base64
import binascii
import logging
import secrets
from pathlib import Path

from fastapi import APIRouter, Depends, HTTPException, status
from fastapi.security import HTTPBasic, HTTPBasicCredentials
from pydantic import BaseModel, Field

from claims.repository import ClaimMails, get_claim_mails
from claims.settings import settings

logger = logging.getLogger(__name__)
router = APIRouter()
basic = HTTPBasic()


class Attachment(BaseModel):
    name: str = Field(alias="Name", min_length=1, max_length=200)
    content: str = Field(alias="Content")
    content_type: str = Field(alias="ContentType")


class InboundMail(BaseModel):
    message_id: str = Field(alias="MessageID", pattern=r"^[0-9a-f-]{36}$")
    sender: str = Field(alias="From")
    subject: str = Field(alias="Subject")
    text: str = Field(alias="TextBody")
    attachments: list[Attachment] = Field(alias="Attachments", default=[], max_length=20)


def postmark_only(credentials: HTTPBasicCredentials = Depends(basic)) -> None:
    user = secrets.compare_digest(credentials.username.encode(), settings.hook_user.encode())
    password = secrets.compare_digest(
        credentials.password.encode(), settings.hook_password.encode()
    )
    if not (user and password):
        raise HTTPException(status.HTTP_401_UNAUTHORIZED)


@router.post("/hooks/postmark/inbound", dependencies=[Depends(postmark_only)], status_code=204)
def inbound(mail: InboundMail, mails: ClaimMails = Depends(get_claim_mails)) -> None:
    if mails.exists(mail.message_id):
        return

    folder = Path(settings.attachment_dir) / mail.message_id
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for attachment in mail.attachments:
        try:
            content = base64.b64decode(attachment.content, validate=True)
        except binascii.Error:
            logger.warning("mail %s: unreadable attachment", mail.message_id)
            continue
        target = folder / attachment.name
        target.write_bytes(content)
        files.append(str(target))

    mails.add(mail.message_id, sender=mail.sender, subject=mail.subject, text=mail.text, files=files)
