import logging

from googleapiclient.discovery import Resource
from googleapiclient.errors import HttpError
from sqlalchemy.orm import Session

from inbox.importer import import_message
from inbox.models import Mailbox

log = logging.getLogger(__name__)


class FullSyncRequired(Exception):
    pass


def _added_messages(service: Resource, start_history_id: str) -> tuple[list[str], str]:
    ids: list[str] = []
    newest = start_history_id
    request = service.users().history().list(
        userId="me", startHistoryId=start_history_id, historyTypes=["messageAdded"]
    )
    while request is not None:
        try:
            page = request.execute(num_retries=3)
        except HttpError as exc:
            if exc.resp.status == 404:
                raise FullSyncRequired(start_history_id) from exc
            raise
        for record in page.get("history", []):
            ids.extend(m["message"]["id"] for m in record.get("messagesAdded", []))
        newest = page["historyId"]
        request = service.users().history().list_next(request, page)
    return list(dict.fromkeys(ids)), newest


def sync(session: Session, service: Resource, mailbox: Mailbox) -> int:
    message_ids, newest = _added_messages(service, mailbox.history_id)

    mailbox.history_id = newest
    session.commit()

    for message_id in message_ids:
        raw = (
            service.users()
            .messages()
            .get(userId="me", id=message_id, format="raw")
            .execute(num_retries=3)
        )
        import_message(session, mailbox, raw)
        session.commit()
    log.info("mailbox %s: %d new messages", mailbox.id, len(message_ids))
    return len(message_ids)
