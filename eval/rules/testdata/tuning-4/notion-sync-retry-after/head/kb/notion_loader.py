import asyncio
import logging
import random
from collections.abc import AsyncIterator

import httpx

from kb.settings import settings

logger = logging.getLogger(__name__)

MAX_ATTEMPTS = 5


class NotionLoader:
    def __init__(self) -> None:
        self._http = httpx.AsyncClient(
            base_url="https://api.notion.com/v1",
            headers={
                "Authorization": f"Bearer {settings.notion_token}",
                "Notion-Version": "2022-06-28",
            },
            timeout=20,
        )

    async def _query(self, database_id: str, cursor: str | None) -> dict:
        body: dict = {"page_size": 100}
        if cursor:
            body["start_cursor"] = cursor
        for attempt in range(1, MAX_ATTEMPTS + 1):
            response = await self._http.post(f"/databases/{database_id}/query", json=body)
            if response.status_code == 429 and attempt < MAX_ATTEMPTS:
                pause = float(response.headers.get("Retry-After", 2**attempt)) + random.random()
                logger.info("notion rate limit, waiting %.1f s", pause)
                await asyncio.sleep(min(pause, 60))
                continue
            response.raise_for_status()
            return response.json()
        raise RuntimeError("unreachable")

    async def pages(self, database_id: str) -> AsyncIterator[dict]:
        cursor: str | None = None
        while True:
            result = await self._query(database_id, cursor)
            for page in result["results"]:
                yield page
            if not result["has_more"]:
                return
            cursor = result["next_cursor"]

    async def aclose(self) -> None:
        await self._http.aclose()
