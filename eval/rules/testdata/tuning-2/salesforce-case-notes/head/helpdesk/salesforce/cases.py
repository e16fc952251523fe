import re

from helpdesk.salesforce.session import SalesforceSession

_ID = re.compile(r"^[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?$")


def _checked(record_id: str) -> str:
    if not _ID.match(record_id):
        raise ValueError("not a salesforce id")
    return record_id


class Cases:
    def __init__(self, session: SalesforceSession) -> None:
        self._session = session

    def get(self, case_id: str) -> dict:
        return self._session.get(f"/sobjects/Case/{_checked(case_id)}").json()

    def add_note(self, note_id: str, case_id: str, text: str) -> None:
        """Upsert by our own note id, a repeated call changes the same record."""
        self._session.patch(
            f"/sobjects/Case_Note__c/External_Id__c/{_checked_uuid(note_id)}",
            json={"Case__c": _checked(case_id), "Text__c": text[:32000]},
        )

    def set_status(self, case_id: str, status: str) -> None:
        self._session.patch(f"/sobjects/Case/{_checked(case_id)}", json={"Status": status})


_UUID = re.compile(r"^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$")


def _checked_uuid(value: str) -> str:
    if not _UUID.match(value):
        raise ValueError("not a uuid")
    return value
