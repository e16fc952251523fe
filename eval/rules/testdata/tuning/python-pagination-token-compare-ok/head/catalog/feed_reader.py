import logging
from collections.abc import Iterator

import httpx

log = logging.getLogger(__name__)


class FeedLoopError(RuntimeError):
    pass


class FeedReader:
    def __init__(self, client: httpx.Client) -> None:
        # httpx.Client is built in catalog.di with base_url and a 5 s / 20 s timeout
        self._client = client

    def changed(self, known_etag: str | None) -> tuple[bool, str | None]:
        res = self._client.head("/feed")
        res.raise_for_status()
        etag = res.headers.get("etag")
        return etag is None or etag != known_etag, etag

    def items(self) -> Iterator[dict]:
        token: str | None = None
        while True:
            params = {"limit": "250"}
            if token is not None:
                params["page_token"] = token
            res = self._client.get("/feed/items", params=params)
            res.raise_for_status()
            body = res.json()
            yield from body["items"]
            next_token = body.get("next_page_token")
            if not next_token:
                return
            if next_token == token:
                raise FeedLoopError("feed returned the same page token twice")
            token = next_token
