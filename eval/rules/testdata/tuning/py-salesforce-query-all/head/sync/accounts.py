import logging
from datetime import UTC, datetime

from simple_salesforce import Salesforce, format_soql
from sqlalchemy.orm import Session, sessionmaker

from sync.http import build_session
from sync.models import Account, SyncCursor
from sync.settings import SalesforceSettings

log = logging.getLogger(__name__)

STREAM = "salesforce.accounts"


def connect(settings: SalesforceSettings) -> Salesforce:
    return Salesforce(
        username=settings.username,
        consumer_key=settings.consumer_key,
        privatekey_file=settings.private_key_file,
        version="60.0",
        session=build_session("crm-sync"),
    )


class AccountSync:
    def __init__(self, sessions: sessionmaker[Session], salesforce: Salesforce) -> None:
        self._sessions = sessions
        self._salesforce = salesforce

    def run(self) -> int:
        started = datetime.now(UTC)
        with self._sessions() as session:
            since = session.get_one(SyncCursor, STREAM).position

        query = format_soql("SELECT Id, Name, Industry FROM Account WHERE SystemModstamp >= {}", since)
        records = list(self._salesforce.query_all_iter(query))

        with self._sessions.begin() as session:
            for record in records:
                session.merge(Account(external_id=record["Id"], name=record["Name"], industry=record["Industry"]))
            session.get_one(SyncCursor, STREAM).position = started
        log.info("synced %d accounts", len(records))
        return len(records)
