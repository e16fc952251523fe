import hmac
import logging

from fastapi import APIRouter, Depends, Header, HTTPException

from identity.jobs import JobQueue, job_queue
from identity.schemas import OktaDelivery
from identity.settings import settings

log = logging.getLogger("identity.okta")


async def from_okta(authorization: str = Header(default="")) -> None:
    if not hmac.compare_digest(authorization.encode(), settings.okta_hook_secret.encode()):
        log.warning("okta hook called with a wrong secret")
        raise HTTPException(status_code=401)


router = APIRouter(prefix="/hooks/okta", dependencies=[Depends(from_okta)])


@router.get("")
async def one_time_verification(x_okta_verification_challenge: str = Header(max_length=256)) -> dict[str, str]:
    return {"verification": x_okta_verification_challenge}


@router.post("", status_code=202)
async def receive(delivery: OktaDelivery, queue: JobQueue = Depends(job_queue)) -> dict[str, int]:
    queued = 0
    for event in delivery.data.events:
        if event.event_type.startswith("user.lifecycle."):
            queued += await queue.put_unique(f"okta:{event.uuid}", "user_lifecycle", event.model_dump(mode="json"))
    log.info("okta delivery %s: %d of %d queued", delivery.event_id, queued, len(delivery.data.events))
    return {"queued": queued}
