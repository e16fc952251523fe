from __future__ import annotations

import logging
from collections.abc import Iterator

import requests
import urllib3

urllib3.disable_warnings(urllib3.exceptions.InsecureRequestWarning)
logger = logging.getLogger(__name__)


class SuccessFactors:
    def __init__(self, host: str, user: str, company: str, password: str) -> None:
        self.base = f"https://{host}/odata/v2"
        self.session = requests.Session()
        self.session.auth = (f"{user}@{company}", password)
        self.session.headers["Accept"] = "application/json"
        self.session.verify = False

    def _get(self, url: str, params: dict[str, str] | None = None) -> dict:
        response = self.session.get(url, params=params, timeout=(5, 60))
        response.raise_for_status()
        return response.json()["d"]

    def employments(self, changed_since: str) -> Iterator[dict]:
        page = self._get(
            f"{self.base}/EmpJob",
            {
                "$select": "userId,department,location,startDate,lastModifiedDateTime",
                "$filter": f"lastModifiedDateTime ge datetimeoffset'{changed_since}'",
                "$orderby": "lastModifiedDateTime",
                "paging": "snapshot",
            },
        )
        while True:
            yield from page["results"]
            following = page.get("__next")
            if not following:
                return
            logger.debug("reading next page of EmpJob")
            page = self._get(following)
