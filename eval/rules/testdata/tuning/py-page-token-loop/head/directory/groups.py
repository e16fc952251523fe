import logging
from collections.abc import Iterator
from typing import Any

from directory.http import DirectoryHttp

log = logging.getLogger(__name__)

MAX_PAGES = 2_000


class PagingError(RuntimeError):
    pass


class GroupDirectory:
    """`DirectoryHttp` signs requests, applies timeouts and raises on any status but 200."""

    def __init__(self, http: DirectoryHttp, customer: str) -> None:
        self._http = http
        self._customer = customer

    def groups(self) -> Iterator[dict[str, Any]]:
        token: str | None = None
        for _ in range(MAX_PAGES):
            params = {"customer": self._customer, "maxResults": 200}
            if token:
                params["pageToken"] = token
            page = self._http.get("/admin/directory/v1/groups", params=params)
            yield from page.get("groups", [])

            next_token = page.get("nextPageToken")
            if not next_token:
                return
            if next_token == token:
                raise PagingError("page token did not move")
            token = next_token
        raise PagingError(f"more than {MAX_PAGES} pages")

    def emails(self) -> set[str]:
        found = {group["email"].lower() for group in self.groups() if group.get("email")}
        log.info("directory holds %d groups", len(found))
        return found
