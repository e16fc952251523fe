import logging
from typing import Any

from googleapiclient.discovery import Resource
from tenacity import after_log, retry, retry_if_exception_type

from channels.models import Channel, Video

log = logging.getLogger(__name__)


class YouTubeImporter:
    def __init__(self, api: Resource) -> None:
        self._api = api

    @retry(retry=retry_if_exception_type(Exception), after=after_log(log, logging.INFO))
    def _page(self, playlist_id: str, token: str | None) -> dict[str, Any]:
        return (
            self._api.playlistItems()
            .list(part="contentDetails,snippet", playlistId=playlist_id, maxResults=50, pageToken=token)
            .execute()
        )

    def import_channel(self, channel: Channel) -> int:
        token: str | None = None
        count = 0
        while True:
            page = self._page(channel.uploads_playlist, token)
            for item in page["items"]:
                Video.objects.update_or_create(
                    youtube_id=item["contentDetails"]["videoId"],
                    defaults={
                        "channel": channel,
                        "title": item["snippet"]["title"],
                        "published_at": item["contentDetails"].get("videoPublishedAt"),
                    },
                )
                count += 1
            token = page.get("nextPageToken")
            if token is None:
                return count
