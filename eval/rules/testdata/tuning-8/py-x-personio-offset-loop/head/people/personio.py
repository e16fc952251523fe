import logging
from collections.abc import Iterator

import httpx

from people.directory import Directory, Person

log = logging.getLogger("people.personio")

PAGE = 100


class IncompleteListing(Exception):
    pass


class Personio:
    def __init__(self, client: httpx.Client) -> None:
        self._client = client

    def employees(self) -> Iterator[dict]:
        offset = 0
        received = 0
        while True:
            response = self._client.get("/v1/company/employees", params={"limit": PAGE, "offset": offset})
            response.raise_for_status()
            body = response.json()
            received += len(body["data"])
            yield from body["data"]
            total = body["metadata"]["total_elements"]
            if received >= total:
                return
            if not body["data"]:
                raise IncompleteListing(f"{received} of {total} employees")
            offset += PAGE


def mirror(personio: Personio, directory: Directory) -> None:
    people = [
        Person(
            external_id=str(row["attributes"]["id"]["value"]),
            email=row["attributes"]["email"]["value"].lower(),
            active=row["attributes"]["status"]["value"] == "active",
        )
        for row in personio.employees()
    ]
    current = directory.count_active()
    if len(people) < current * 0.9:
        raise IncompleteListing(f"listing has {len(people)} people, directory has {current}")
    with directory.transaction():
        directory.upsert(people)
        removed = directory.deactivate_except({p.external_id for p in people})
    log.info("mirrored %d people, %d deactivated", len(people), removed)
