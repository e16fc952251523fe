import logging
from collections.abc import Iterator

from hr.http import build_session
from hr.personio.auth import bearer

log = logging.getLogger(__name__)
BASE = "https://api.personio.de/v1"
PAGE = 100


class EmployeeDirectory:
    def __init__(self) -> None:
        self._session = build_session()

    def all(self) -> Iterator[dict]:
        offset = 0
        while True:
            response = self._session.get(
                f"{BASE}/company/employees",
                params={"limit": PAGE, "offset": offset},
                headers={"Authorization": bearer()},
            )
            response.raise_for_status()
            batch = response.json()["data"]
            yield from batch
            if len(batch) < PAGE:
                log.info("personio: %d employees read", offset + len(batch))
                return
            offset += PAGE
