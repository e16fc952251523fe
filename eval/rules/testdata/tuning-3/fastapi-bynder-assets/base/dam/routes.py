from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from pydantic import AwareDatetime, BaseModel, Field

from dam.repository import Assets, get_assets
from dam.security import require_signature

router = APIRouter(prefix="/hooks/dam", dependencies=[Depends(require_signature)])


class AssetChanged(BaseModel):
    asset_id: UUID
    version: int = Field(ge=1)
    media_type: str = Field(max_length=100)
    changed_at: AwareDatetime


@router.post("/changed", status_code=204)
async def changed(event: AssetChanged, assets: Annotated[Assets, Depends(get_assets)]) -> None:
    await assets.upsert_if_newer(event.asset_id, event.version, event.media_type, event.changed_at)
