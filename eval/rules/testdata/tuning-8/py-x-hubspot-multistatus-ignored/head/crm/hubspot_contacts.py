import logging
from collections.abc import Sequence
from itertools import islice

import httpx

from crm.models import Contact
from crm.repository import ContactRepository

log = logging.getLogger("crm.hubspot")

BATCH = 100


def batches(items: Sequence[Contact]):
    iterator = iter(items)
    while chunk := list(islice(iterator, BATCH)):
        yield chunk


class HubSpotContacts:
    def __init__(self, http: httpx.Client, repository: ContactRepository) -> None:
        self._http = http
        self._repository = repository

    def push(self, contacts: Sequence[Contact]) -> None:
        for chunk in batches(contacts):
            response = self._http.post(
                "/crm/v3/objects/contacts/batch/upsert",
                json={
                    "inputs": [
                        {"id": c.email, "idProperty": "email", "properties": c.hubspot_properties()} for c in chunk
                    ]
                },
            )
            response.raise_for_status()
            self._repository.mark_synced([c.id for c in chunk])
            log.info("hubspot batch of %d contacts sent", len(chunk))


def client(token: str) -> httpx.Client:
    return httpx.Client(
        base_url="https://api.hubapi.com",
        headers={"Authorization": f"Bearer {token}"},
        timeout=30,
        transport=httpx.HTTPTransport(retries=2),
    )
