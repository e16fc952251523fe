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

    def set_status(self, case_id: str, status: str) -> None:
        self._session.patch(f"/sobjects/Case/{_checked(case_id)}", json={"Status": status})
