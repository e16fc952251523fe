import secrets
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from app.jobs import JobName, JobQueue, get_queue
from app.settings import Settings, get_settings

router = APIRouter(prefix="/internal", include_in_schema=False)
bearer = HTTPBearer()


def scheduler_only(
    creds: Annotated[HTTPAuthorizationCredentials, Depends(bearer)],
    settings: Annotated[Settings, Depends(get_settings)],
) -> None:
    expected = settings.scheduler_token.get_secret_value()
    if not secrets.compare_digest(creds.credentials.encode(), expected.encode()):
        raise HTTPException(status_code=403)


@router.post("/jobs/{name}", status_code=202, dependencies=[Depends(scheduler_only)])
async def trigger(name: JobName, queue: Annotated[JobQueue, Depends(get_queue)]):
    job_id = await queue.put_unique(name)
    return {"job": job_id}
