import hashlib
import secrets
from typing import Annotated

from fastapi import APIRouter, Depends, Form, HTTPException, Request, status
from fastapi.security import HTTPBasic, HTTPBasicCredentials

from mailin.settings import Settings, get_settings
from mailin.store import MailStore, get_store

router = APIRouter(prefix="/mail")
basic = HTTPBasic()

MAX_BYTES = 10 * 1024 * 1024


def parse_user(
    creds: Annotated[HTTPBasicCredentials, Depends(basic)],
    settings: Annotated[Settings, Depends(get_settings)],
) -> None:
    user_ok = secrets.compare_digest(creds.username.encode(), settings.parse_user.encode())
    word_ok = secrets.compare_digest(creds.password.encode(), settings.parse_password.get_secret_value().encode())
    if not (user_ok and word_ok):
        raise HTTPException(status.HTTP_401_UNAUTHORIZED, headers={"WWW-Authenticate": "Basic"})


def bounded(request: Request) -> None:
    length = request.headers.get("content-length", "")
    if not length.isdigit():
        raise HTTPException(status.HTTP_411_LENGTH_REQUIRED)
    if int(length) > MAX_BYTES:
        raise HTTPException(status.HTTP_413_REQUEST_ENTITY_TOO_LARGE)


@router.post("/inbound", dependencies=[Depends(parse_user), Depends(bounded)])
async def inbound(
    store: Annotated[MailStore, Depends(get_store)],
    email: Annotated[str, Form(max_length=MAX_BYTES)],
    to: Annotated[str, Form(max_length=2000)],
):
    # the raw message is kept; its digest is the primary key, a repeat changes nothing
    await store.put_once(hashlib.sha256(email.encode()).hexdigest(), to, email)
    return {"stored": True}
