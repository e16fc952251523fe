import asyncio
import logging
import random

import httpx
from aiolimiter import AsyncLimiter

log = logging.getLogger(__name__)
ATTEMPTS = 5
TRANSIENT = {429, 502, 503, 504}


class NotionExportError(RuntimeError):
    pass


class NotionExporter:
    def __init__(self, token: str) -> None:
        self._limiter = AsyncLimiter(3, 1)
        self._http = httpx.AsyncClient(
            base_url="https://api.notion.com/v1",
            headers={"Authorization": f"Bearer {token}", "Notion-Version": "2022-06-28"},
            timeout=20.0,
        )

    async def update_row(self, page_id: str, properties: dict) -> None:
        await self._send("PATCH", f"/pages/{page_id}", {"properties": properties})

    async def archive(self, page_id: str) -> None:
        await self._send("PATCH", f"/pages/{page_id}", {"archived": True})

    async def _send(self, method: str, path: str, body: dict) -> dict:
        status = 0
        for attempt in range(1, ATTEMPTS + 1):
            async with self._limiter:
                res = await self._http.request(method, path, json=body)
            if res.is_success:
                return res.json()
            status = res.status_code
            log.warning("notion %s %s -> %s (attempt %d)", method, path, status, attempt)
            if status not in TRANSIENT or attempt == ATTEMPTS:
                break
            retry_after = res.headers.get("retry-after", "")
            delay = float(retry_after) if retry_after.isdecimal() else random.uniform(0, 2**attempt)
            await asyncio.sleep(min(delay, 60))
        raise NotionExportError(f"{method} {path} gave {status}")
