import logging
from datetime import datetime, timezone

import httpx

from stock.state import SyncState
from stock.warehouse import Warehouse

log = logging.getLogger("stock.bc")


class BusinessCentral:
    def __init__(self, http: httpx.Client, company: str) -> None:
        self._http = http
        self._root = f"/api/v2.0/companies({company})"

    def changed_items(self, since: datetime) -> list[dict]:
        items: list[dict] = []
        url = f"{self._root}/items"
        params = {"$filter": f"lastModifiedDateTime gt {since.isoformat().replace('+00:00', 'Z')}"}
        while url:
            response = self._http.get(url, params=params)
            response.raise_for_status()
            body = response.json()
            items.extend(body["value"])
            url, params = body.get("@odata.nextLink"), None
        return items


def sync(bc: BusinessCentral, state: SyncState, warehouse: Warehouse) -> int:
    since = state.read("bc.items")
    items = bc.changed_items(since)
    with warehouse.transaction():
        for item in items:
            warehouse.set_inventory(sku=item["number"], quantity=item["inventory"])
        state.write("bc.items", datetime.now(timezone.utc))
    log.info("business central: %d items changed since %s", len(items), since)
    return len(items)
