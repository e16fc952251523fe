import logging
from collections.abc import Iterator

from googleapiclient.discovery import Resource
from googleapiclient.errors import HttpError

from scheduling.models import CalendarLink

log = logging.getLogger(__name__)
RETRIES = 4


class SyncTokenExpired(Exception):
    pass


def changed_events(service: Resource, link: CalendarLink) -> Iterator[dict]:
    """Yields changed events, then stores the sync token for the next run."""
    page_token: str | None = None
    while True:
        request = service.events().list(
            calendarId=link.calendar_id,
            syncToken=link.sync_token,
            pageToken=page_token,
            maxResults=250,
            singleEvents=True,
        )
        try:
            page = request.execute(num_retries=RETRIES)
        except HttpError as exc:
            if exc.resp.status == 410:
                raise SyncTokenExpired(link.calendar_id) from exc
            raise

        yield from page.get("items", [])
        page_token = page.get("nextPageToken")
        log.debug("calendar %s: next page token %s", link.calendar_id, page_token)
        if page_token is None:
            next_sync_token = page["nextSyncToken"]
            break

    link.sync_token = next_sync_token
    link.save(update_fields=["sync_token"])
    log.info("calendar %s in sync", link.calendar_id)
