import logging
from collections.abc import Iterator

import requests
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

logger = logging.getLogger(__name__)


class WorkdayError(Exception):
    def __init__(self, report: str, status: int) -> None:
        super().__init__(f"report {report} answered {status}")
        self.status = status


class WorkdayReports:
    def __init__(self, base_url: str, user: str, password: str) -> None:
        self._base_url = base_url.rstrip("/")
        self._session = requests.Session()
        self._session.auth = (user, password)
        retry = Retry(total=3, backoff_factor=2, status_forcelist=(429, 502, 503, 504), allowed_methods=("GET",))
        self._session.mount("https://", HTTPAdapter(max_retries=retry))

    def rows(self, owner: str, report: str) -> Iterator[dict]:
        response = self._session.get(
            f"{self._base_url}/{owner}/{report}",
            params={"format": "json"},
            timeout=(5, 120),
        )
        if not response.ok:
            logger.error(
                "workday report %s failed: status=%s sent=%s",
                report,
                response.status_code,
                dict(response.request.headers),
            )
            raise WorkdayError(report, response.status_code)
        yield from response.json()["Report_Entry"]
