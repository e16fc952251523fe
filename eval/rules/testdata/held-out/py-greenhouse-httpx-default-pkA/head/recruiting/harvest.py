from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import httpx
from pydantic import BaseModel, TypeAdapter


class Application(BaseModel):
    id: int
    candidate_id: int
    status: str
    last_activity_at: datetime | None


_applications = TypeAdapter(list[Application])


class HarvestError(Exception):
    pass


class Harvest:
    def __init__(self, api_key: str) -> None:
        self._client = httpx.Client(base_url="https://harvest.greenhouse.io/v1", auth=(api_key, ""))

    def __enter__(self) -> Harvest:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self._client.close()

    def applications(self, since: datetime) -> Iterator[Application]:
        response = self._get("/applications", {"last_activity_after": since.isoformat(), "per_page": 100})
        yield from _applications.validate_json(response.content)
        while (link := response.links.get("next")) is not None:
            response = self._get(link["url"], None)
            yield from _applications.validate_json(response.content)

    def _get(self, url: str, params: dict[str, str | int] | None) -> httpx.Response:
        response = self._client.get(url, params=params)
        if response.is_error:
            raise HarvestError(f"greenhouse answered {response.status_code}")
        return response
