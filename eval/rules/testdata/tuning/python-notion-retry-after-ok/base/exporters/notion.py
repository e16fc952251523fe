import logging

import httpx

log = logging.getLogger(__name__)
ATTEMPTS = 8


class NotionExportError(RuntimeError):
    pass


class NotionExporter:
    def __init__(self, token: str) -> None:
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
            res = await self._http.request(method, path, json=body)
            if res.is_success:
                return res.json()
            status = res.status_code
            log.warning("notion %s %s -> %s (attempt %d)", method, path, status, attempt)
        raise NotionExportError(f"{method} {path} gave {status} after {ATTEMPTS} attempts")
