import hashlib
import hmac
import logging

from fastapi import APIRouter, Depends, HTTPException, Request
from pydantic import BaseModel, ValidationError

from ci.pipelines import Pipelines, get_pipelines
from ci.settings import settings

log = logging.getLogger(__name__)
router = APIRouter(prefix="/hooks")


class Target(BaseModel):
    hash: str


class Branch(BaseModel):
    name: str
    target: Target


class Change(BaseModel):
    new: Branch | None = None


class Push(BaseModel):
    changes: list[Change]


class Repository(BaseModel):
    uuid: str


class PushEvent(BaseModel):
    repository: Repository
    push: Push


def signature_matches(body: bytes, header: str | None) -> bool:
    if not header:
        return False
    digest = hmac.new(settings.bitbucket_secret.encode(), body, hashlib.sha256).hexdigest()
    return header == f"sha256={digest}"


@router.post("/bitbucket", status_code=202)
async def bitbucket_push(request: Request, pipelines: Pipelines = Depends(get_pipelines)):
    body = await request.body()
    if not signature_matches(body, request.headers.get("X-Hub-Signature")):
        raise HTTPException(status_code=401, detail="invalid signature")
    try:
        event = PushEvent.model_validate_json(body)
    except ValidationError:
        raise HTTPException(status_code=422, detail="unexpected payload")

    log.info("push to %s with %d changes", event.repository.uuid, len(event.push.changes))
    for change in event.push.changes:
        if change.new is not None:
            # one pipeline per commit; the store ignores a commit it has
            await pipelines.request(event.repository.uuid, change.new.name, change.new.target.hash)
    return {"accepted": len(event.push.changes)}
