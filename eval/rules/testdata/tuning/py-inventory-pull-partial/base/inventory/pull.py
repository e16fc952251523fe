import logging
from datetime import UTC, datetime

from inventory.models import PullRun, Stock, Warehouse
from inventory.wms import WmsClient

logger = logging.getLogger(__name__)


def pull_all(client: WmsClient, run: PullRun) -> None:
    for warehouse in Warehouse.objects.filter(active=True).order_by("code"):
        try:
            levels = client.levels(warehouse.code)
            Stock.objects.bulk_create(
                [Stock(warehouse=warehouse, sku=level.sku, on_hand=level.on_hand) for level in levels],
                update_conflicts=True,
                unique_fields=["warehouse", "sku"],
                update_fields=["on_hand"],
            )
        except Exception:
            pass

    run.finished_at = datetime.now(UTC)
    run.status = PullRun.Status.COMPLETE
    run.save(update_fields=["finished_at", "status"])
    logger.info("pull run %s complete", run.pk)
