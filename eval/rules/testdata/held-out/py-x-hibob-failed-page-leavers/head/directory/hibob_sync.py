import logging

import requests

from directory.ldap import LdapDirectory
from directory.settings import HIBOB_ID, HIBOB_TOKEN

log = logging.getLogger(__name__)

SEARCH = "https://api.hibob.com/v1/people/search"


def search_department(department: str) -> list[dict]:
    response = requests.post(
        SEARCH,
        json={
            "fields": ["root.id", "root.email", "root.fullName"],
            "filters": [{"fieldPath": "work.department", "operator": "equals", "values": [department]}],
        },
        auth=(HIBOB_ID, HIBOB_TOKEN),
        timeout=30,
    )
    response.raise_for_status()
    return response.json()["employees"]


def sync(directory: LdapDirectory, departments: list[str]) -> None:
    people: dict[str, dict] = {}
    for department in departments:
        try:
            for person in search_department(department):
                people[person["id"]] = person
        except requests.RequestException as exc:
            log.warning("department %s skipped: %s", department, type(exc).__name__)

    for person in people.values():
        directory.upsert(person["id"], mail=person["email"], cn=person["fullName"])

    for entry in directory.entries():
        if entry.employee_id not in people:
            directory.delete(entry.dn)
    log.info("directory synced with %d people", len(people))
