import asyncio
import logging
from collections.abc import AsyncIterator
from typing import Any

import httpx

log = logging.getLogger(__name__)
BATCH = 200


class AzureDevOps:
    def __init__(self, organisation: str, project: str, pat: str) -> None:
        self._client = httpx.AsyncClient(
            base_url=f"https://dev.azure.com/{organisation}/{project}/_apis/",
            auth=("", pat),
            params={"api-version": "7.1"},
            timeout=30,
        )

    async def aclose(self) -> None:
        await self._client.aclose()

    async def changed_since(self, day: str) -> AsyncIterator[dict[str, Any]]:
        query = f"SELECT [System.Id] FROM WorkItems WHERE [System.ChangedDate] >= '{_iso_day(day)}' ORDER BY [System.Id]"
        found = await self._post("wit/wiql", {"query": query})
        ids = [item["id"] for item in found["workItems"]]
        for offset in range(0, len(ids), BATCH):
            body = await self._post(
                "wit/workitemsbatch",
                {"ids": ids[offset : offset + BATCH], "fields": ["System.Id", "System.Title", "System.State"]},
            )
            for item in body["value"]:
                yield item

    async def _post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        for attempt in range(4):
            response = await self._client.post(path, json=body)
            if response.status_code not in (429, 503):
                response.raise_for_status()
                return response.json()
            delay = min(float(response.headers.get("Retry-After", 2**attempt)), 60.0)
            log.info("azure devops throttled, waiting %.1fs", delay)
            await asyncio.sleep(delay)
        raise RuntimeError(f"azure devops kept throttling {path}")


def _iso_day(value: str) -> str:
    from datetime import date

    return date.fromisoformat(value).isoformat()
