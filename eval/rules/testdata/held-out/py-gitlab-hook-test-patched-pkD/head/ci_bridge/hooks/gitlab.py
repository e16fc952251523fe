import hmac
import logging

from fastapi import APIRouter, Depends, Header, HTTPException, status

from ci_bridge.config import Settings, get_settings
from ci_bridge.schemas import PipelineEvent
from ci_bridge.tasks import refresh_pipeline

log = logging.getLogger(__name__)
router = APIRouter(prefix="/hooks/gitlab")


def token_matches(given: str, expected: str) -> bool:
    return hmac.compare_digest(given.encode(), expected.encode())


@router.post("", status_code=status.HTTP_202_ACCEPTED)
async def pipeline_hook(
    event: PipelineEvent,
    x_gitlab_token: str = Header(default=""),
    settings: Settings = Depends(get_settings),
) -> dict[str, str]:
    if not token_matches(x_gitlab_token, settings.gitlab_webhook_token.get_secret_value()):
        log.warning("gitlab hook for project %s rejected", event.project.id)
        raise HTTPException(status.HTTP_401_UNAUTHORIZED)

    refresh_pipeline.delay(event.project.id, event.object_attributes.id)
    return {"status": "queued"}
