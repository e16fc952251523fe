from datetime import datetime, timezone

from simple_salesforce import Salesforce, format_soql
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session, sessionmaker

from sync.models import Account, SyncState

STREAM = "salesforce.accounts"
EPOCH = datetime(2000, 1, 1, tzinfo=timezone.utc)


class AccountSync:
    def __init__(self, sf: Salesforce, sessions: sessionmaker[Session]) -> None:
        self._sf = sf
        self._sessions = sessions

    def run(self) -> int:
        with self._sessions() as session:
            since = session.scalar(
                select(SyncState.watermark).where(SyncState.stream == STREAM)
            ) or EPOCH
        started = datetime.now(timezone.utc)
        query = format_soql(
            "SELECT Id, Name, Industry, SystemModstamp FROM Account "
            "WHERE SystemModstamp >= {} ORDER BY SystemModstamp",
            since,
        )
        records = list(self._sf.query_all_iter(query))

        with self._sessions.begin() as session:
            self._save_watermark(session, started)
        with self._sessions.begin() as session:
            self._upsert(session, records)
        return len(records)

    def _upsert(self, session: Session, records: list[dict]) -> None:
        for record in records:
            values = {"name": record["Name"], "industry": record["Industry"]}
            session.execute(
                insert(Account)
                .values(external_id=record["Id"], **values)
                .on_conflict_do_update(index_elements=["external_id"], set_=values)
            )

    def _save_watermark(self, session: Session, moment: datetime) -> None:
        session.execute(
            insert(SyncState)
            .values(stream=STREAM, watermark=moment)
            .on_conflict_do_update(index_elements=["stream"], set_={"watermark": moment})
        )
