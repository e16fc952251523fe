import time

import httpx
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session, sessionmaker

from sync.models import SyncCursor, Ticket

STREAM = "zendesk.tickets"
MAX_WAITS = 10


class TicketSync:
    def __init__(self, client: httpx.Client, sessions: sessionmaker[Session], start_time: int) -> None:
        self._client = client
        self._sessions = sessions
        self._start_time = start_time

    def run(self) -> int:
        with self._sessions() as session:
            cursor = session.scalar(select(SyncCursor.value).where(SyncCursor.stream == STREAM))
        total = 0
        while True:
            page = self._page(cursor)
            with self._sessions.begin() as session:
                self._store(session, page["tickets"])
                if page["after_cursor"]:
                    self._advance(session, page["after_cursor"])
            total += len(page["tickets"])
            cursor = page["after_cursor"] or cursor
            if page["end_of_stream"]:
                return total

    def _page(self, cursor: str | None) -> dict:
        params = {"cursor": cursor} if cursor else {"start_time": self._start_time}
        for _ in range(MAX_WAITS):
            response = self._client.get(
                "/api/v2/incremental/tickets/cursor.json", params=params, timeout=30.0
            )
            if response.status_code == 429:
                time.sleep(min(int(response.headers.get("Retry-After", "10")), 120))
                continue
            response.raise_for_status()
            return response.json()
        raise RuntimeError("zendesk kept answering 429")

    @staticmethod
    def _store(session: Session, tickets: list[dict]) -> None:
        for ticket in tickets:
            values = {"status": ticket["status"], "subject": ticket["subject"]}
            session.execute(
                insert(Ticket)
                .values(id=ticket["id"], **values)
                .on_conflict_do_update(index_elements=["id"], set_=values)
            )

    @staticmethod
    def _advance(session: Session, cursor: str | None) -> None:
        session.execute(
            insert(SyncCursor)
            .values(stream=STREAM, value=cursor)
            .on_conflict_do_update(index_elements=["stream"], set_={"value": cursor})
        )
