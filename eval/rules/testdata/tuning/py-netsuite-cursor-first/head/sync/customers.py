import logging
from datetime import datetime

from sqlalchemy.orm import Session, sessionmaker

from sync.models import Customer, SyncCursor
from sync.netsuite import NetSuiteClient

log = logging.getLogger(__name__)

STREAM = "netsuite.customers"


class CustomerSync:
    def __init__(self, sessions: sessionmaker[Session], client: NetSuiteClient) -> None:
        self._sessions = sessions
        self._client = client

    def _position(self) -> datetime:
        with self._sessions() as session:
            return session.get_one(SyncCursor, STREAM).position

    def run(self) -> int:
        total = 0
        # modified_since yields pages ordered by lastModifiedDate and stops after the last one
        for page in self._client.modified_since("customer", self._position()):
            with self._sessions.begin() as session:
                session.get_one(SyncCursor, STREAM).position = page.last_modified

            with self._sessions.begin() as session:
                for record in page.records:
                    session.merge(
                        Customer(external_id=record.internal_id, name=record.company_name, email=record.email)
                    )
            total += len(page.records)
        log.info("synced %d customers", total)
        return total
