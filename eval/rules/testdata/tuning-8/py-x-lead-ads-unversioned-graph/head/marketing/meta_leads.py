import logging
from collections.abc import Iterator

import requests

from marketing.models import Lead
from marketing.settings import META_PAGE_TOKEN

log = logging.getLogger("marketing.meta")

GRAPH = "https://graph.facebook.com"


class MetaError(Exception):
    pass


class LeadAds:
    def __init__(self, session: requests.Session | None = None) -> None:
        self._session = session or requests.Session()
        self._session.headers["Authorization"] = f"Bearer {META_PAGE_TOKEN}"

    def leads(self, form_id: str, since: int) -> Iterator[Lead]:
        params: dict | None = {
            "fields": "id,created_time,field_data",
            "filtering": f'[{{"field":"time_created","operator":"GREATER_THAN","value":{since}}}]',
            "limit": 100,
        }
        url: str | None = f"{GRAPH}/{form_id}/leads"
        while url:
            response = self._session.get(url, params=params, timeout=20)
            if not response.ok:
                error = response.json().get("error", {})
                raise MetaError(f"graph answered {response.status_code} code={error.get('code')}")
            body = response.json()
            for row in body["data"]:
                fields = {f["name"]: f["values"][0] for f in row["field_data"] if f["values"]}
                yield Lead(external_id=row["id"], created=row["created_time"], fields=fields)
            url, params = body.get("paging", {}).get("next"), None
        log.info("leads of form %s read", form_id)
