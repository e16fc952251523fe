import logging
from datetime import datetime, timezone

from sync.http import recharge_session
from sync.models import SyncState
from sync.schemas import RechargeOrder
from sync.store import upsert_order

logger = logging.getLogger(__name__)

URL = "https://api.rechargeapps.com/orders"
PAGE_SIZE = 250


def fetch_changed(since: datetime):
    session = recharge_session()
    cursor = None
    while True:
        params = {"limit": PAGE_SIZE, "updated_at_min": since.isoformat(), "sort_by": "updated_at-asc"}
        if cursor:
            params = {"limit": PAGE_SIZE, "cursor": cursor}
        response = session.get(URL, params=params, timeout=(3, 20))
        response.raise_for_status()
        body = response.json()
        for raw in body["orders"]:
            yield RechargeOrder.model_validate(raw)
        cursor = body.get("next_cursor")
        if not cursor:
            return


def run() -> int:
    state, _ = SyncState.objects.get_or_create(
        name="recharge.orders",
        defaults={"since": datetime(2024, 1, 1, tzinfo=timezone.utc)},
    )
    count = 0
    for order in fetch_changed(state.since):
        upsert_order(order)
        count += 1

    state.since = datetime.now(timezone.utc)
    state.save(update_fields=["since"])
    logger.info("recharge orders synced: %d", count)
    return count
