import logging

from fastapi import APIRouter, Depends, Header, HTTPException, Request
from pydantic import BaseModel, Field, ValidationError

from identity.sessions import SessionStore, session_store

router = APIRouter(prefix="/hooks/okta")
log = logging.getLogger("identity.okta")

REVOKING = {"user.lifecycle.suspend", "user.lifecycle.deactivate", "user.account.lock"}


class Target(BaseModel):
    id: str
    type: str


class OktaEvent(BaseModel):
    uuid: str
    event_type: str = Field(alias="eventType")
    target: list[Target]


@router.get("")
async def verify(x_okta_verification_challenge: str = Header()) -> dict[str, str]:
    return {"verification": x_okta_verification_challenge}


@router.post("", status_code=204)
async def receive(request: Request, sessions: SessionStore = Depends(session_store)) -> None:
    body = await request.json()
    try:
        events = [OktaEvent.model_validate(e) for e in body["data"]["events"]]
    except (ValidationError, KeyError, TypeError) as exc:
        raise HTTPException(422, "unexpected event format") from exc
    for event in events:
        if event.event_type not in REVOKING:
            continue
        for target in event.target:
            if target.type == "User":
                ended = await sessions.end_all(target.id)
                log.info("okta event %s ended %d sessions", event.uuid, ended)
