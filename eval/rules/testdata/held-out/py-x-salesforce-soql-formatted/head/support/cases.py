import logging
from collections.abc import Iterator
from dataclasses import dataclass

from simple_salesforce import Salesforce, format_soql
from simple_salesforce.exceptions import SalesforceError

logger = logging.getLogger(__name__)


class CaseLookupFailed(Exception):
    pass


@dataclass(frozen=True)
class Case:
    id: str
    number: str
    subject: str
    status: str


class CaseRepository:
    def __init__(self, salesforce: Salesforce) -> None:
        self._sf = salesforce

    def by_contact(self, email: str) -> list[Case]:
        return list(
            self._find(
                format_soql(
                    "SELECT Id, CaseNumber, Subject, Status FROM Case WHERE Contact.Email = {} ORDER BY CreatedDate",
                    email,
                )
            )
        )

    def by_subject(self, text: str) -> list[Case]:
        return list(
            self._find(
                format_soql("SELECT Id, CaseNumber, Subject, Status FROM Case WHERE Subject LIKE '%{:like}%'", text)
            )
        )

    def _find(self, soql: str) -> Iterator[Case]:
        try:
            for row in self._sf.query_all_iter(soql):
                yield Case(row["Id"], row["CaseNumber"], row["Subject"] or "", row["Status"])
        except SalesforceError as exc:
            logger.error("salesforce refused the case query with status %s", exc.status)
            raise CaseLookupFailed from exc
