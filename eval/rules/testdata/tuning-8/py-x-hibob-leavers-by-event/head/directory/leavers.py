import logging

import requests

from directory.ldap import LdapDirectory
from directory.settings import HIBOB_ID, HIBOB_TOKEN

log = logging.getLogger(__name__)

SEARCH = "https://api.hibob.com/v1/people/search"


class SyncAborted(Exception):
    pass


def everybody(session: requests.Session) -> list[dict]:
    body = {
        "fields": ["root.id", "root.email", "root.fullName", "internal.lifecycleStatus"],
        "showInactive": True,
    }
    try:
        response = session.post(SEARCH, json=body, timeout=(5, 60))
        response.raise_for_status()
        employees = response.json()["employees"]
    except (requests.RequestException, KeyError) as exc:
        raise SyncAborted("hibob listing failed, directory left as it is") from exc
    if not employees:
        raise SyncAborted("hibob returned nobody")
    return employees


def sync(directory: LdapDirectory) -> None:
    with requests.Session() as session:
        session.auth = (HIBOB_ID, HIBOB_TOKEN)
        employees = everybody(session)

    removed = 0
    for person in employees:
        if person["internal"]["lifecycleStatus"] == "Terminated":
            removed += directory.disable(person["id"])
        else:
            directory.upsert(person["id"], mail=person["email"], cn=person["fullName"])
    log.info("directory synced: %d people, %d disabled", len(employees), removed)
