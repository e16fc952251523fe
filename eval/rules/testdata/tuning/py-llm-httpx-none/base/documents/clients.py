from contextlib import asynccontextmanager
from collections.abc import AsyncIterator

import httpx

from documents.config import settings

LIMITS = httpx.Limits(max_connections=50, max_keepalive_connections=10)


@asynccontextmanager
async def archive_client() -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(
        base_url=settings.archive_url,
        headers={"Authorization": f"Bearer {settings.archive_token.get_secret_value()}"},
        limits=LIMITS,
        timeout=httpx.Timeout(15.0, connect=3.0),
    ) as client:
        yield client


async def store(client: httpx.AsyncClient, document_id: str, pdf: bytes) -> None:
    # PUT by id: repeating it stores the same document again
    response = await client.put(
        f"/documents/{document_id}",
        content=pdf,
        headers={"Content-Type": "application/pdf"},
    )
    response.raise_for_status()


async def exists(client: httpx.AsyncClient, document_id: str) -> bool:
    response = await client.head(f"/documents/{document_id}")
    if response.status_code == 404:
        return False
    response.raise_for_status()
    return True
