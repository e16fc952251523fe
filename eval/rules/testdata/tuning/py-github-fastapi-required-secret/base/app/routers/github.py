from typing import Annotated

from fastapi import APIRouter, Depends, Header

from app.deps.github import github_body
from app.events import DeliveryStore, delivery_store
from app.schemas import parse_push

router = APIRouter(prefix="/hooks/github")


@router.post("", status_code=202)
async def receive(
    body: Annotated[bytes, Depends(github_body)],
    store: Annotated[DeliveryStore, Depends(delivery_store)],
    x_github_delivery: Annotated[str, Header()],
):
    # unique delivery id; a worker drains the table
    await store.save_once(x_github_delivery, parse_push(body))
    return {"accepted": True}
