import logging
from collections.abc import Iterator
from typing import Any

from googleapiclient.discovery import Resource
from googleapiclient.errors import HttpError
from tenacity import before_sleep_log, retry, retry_if_exception, stop_after_attempt, wait_random_exponential

log = logging.getLogger(__name__)


def _transient(exc: BaseException) -> bool:
    if isinstance(exc, HttpError):
        return exc.resp.status in (500, 502, 503, 504)
    return isinstance(exc, (TimeoutError, ConnectionError))


class CommentReader:
    def __init__(self, api: Resource) -> None:
        self._api = api

    @retry(
        retry=retry_if_exception(_transient),
        stop=stop_after_attempt(5),
        wait=wait_random_exponential(multiplier=1, max=30),
        before_sleep=before_sleep_log(log, logging.WARNING),
        reraise=True,
    )
    def _page(self, video_id: str, token: str | None) -> dict[str, Any]:
        request = self._api.commentThreads().list(
            part="snippet", videoId=video_id, maxResults=100, pageToken=token, textFormat="plainText"
        )
        return request.execute()

    def threads(self, video_id: str) -> Iterator[dict[str, Any]]:
        token: str | None = None
        while True:
            page = self._page(video_id, token)
            yield from page["items"]
            token = page.get("nextPageToken")
            if token is None:
                return
