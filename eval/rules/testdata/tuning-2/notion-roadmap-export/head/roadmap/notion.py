"""Reads the roadmap database from Notion."""
import time
from collections.abc import Iterator

import httpx

NOTION_VERSION = "2022-06-28"
MIN_INTERVAL = 0.35
MAX_TRIES = 5
MAX_WAIT = 90


class NotionError(Exception):
    pass


class Roadmap:
    def __init__(self, token: str, database_id: str) -> None:
        self._path = f"/v1/databases/{database_id}/query"
        self._http = httpx.Client(
            base_url="https://api.notion.com",
            headers={"Authorization": f"Bearer {token}", "Notion-Version": NOTION_VERSION},
            timeout=20.0,
        )
        self._last = 0.0

    def _query(self, body: dict) -> dict:
        for _ in range(MAX_TRIES):
            pause = self._last + MIN_INTERVAL - time.monotonic()
            if pause > 0:
                time.sleep(pause)
            self._last = time.monotonic()
            response = self._http.post(self._path, json=body)
            if response.status_code == 429:
                time.sleep(min(int(response.headers.get("retry-after", "5")), MAX_WAIT))
                continue
            if response.is_error:
                raise NotionError(f"query answered {response.status_code}")
            return response.json()
        raise NotionError(f"still rate limited after {MAX_TRIES} tries")

    def entries(self) -> Iterator[dict]:
        cursor = None
        while True:
            body = {"page_size": 100, "sorts": [{"timestamp": "created_time", "direction": "ascending"}]}
            if cursor:
                body["start_cursor"] = cursor
            page = self._query(body)
            yield from page["results"]
            if not page["has_more"]:
                return
            cursor = page["next_cursor"]
