import logging
from datetime import datetime, timedelta, timezone

from simple_salesforce import Salesforce, format_soql
from sqlalchemy.orm import Session, sessionmaker

from crm_sync.models import SyncState
from crm_sync.upserts import upsert_accounts

log = logging.getLogger(__name__)
OVERLAP = timedelta(minutes=2)
QUERY = "SELECT Id, Name, Website, SystemModstamp FROM Account WHERE SystemModstamp >= {since}"


class AccountSync:
    def __init__(self, sf: Salesforce, sessions: sessionmaker[Session]) -> None:
        self._sf = sf
        self._sessions = sessions

    def run(self) -> int:
        with self._sessions() as session:
            state = session.get_one(SyncState, "accounts")
            since, started = state.cursor, datetime.now(timezone.utc)
            state.cursor = started - OVERLAP
            session.commit()

        total = 0
        batch: list[dict] = []
        for record in self._sf.query_all_iter(format_soql(QUERY, since=since)):
            batch.append(record)
            if len(batch) == 500:
                total += self._write(batch)
                batch = []
        total += self._write(batch)
        log.info("account sync since=%s rows=%d", since, total)
        return total

    def _write(self, batch: list[dict]) -> int:
        if not batch:
            return 0
        with self._sessions.begin() as session:
            upsert_accounts(session, batch)
        return len(batch)
