import logging

import httpx
from celery import shared_task

from inventory.auth import netsuite_auth
from inventory.models import StockLevel

logger = logging.getLogger(__name__)

RESTLET = "https://{account}.restlets.api.netsuite.com/app/site/hosting/restlet.nl"


@shared_task(bind=True, acks_late=True, ignore_result=True)
def push_stock_level(self, account: str, sku: str) -> None:
    level = StockLevel.objects.get(account=account, sku=sku)
    try:
        response = httpx.put(
            RESTLET.format(account=account),
            params={"script": "781", "deploy": "1"},
            auth=netsuite_auth(account),
            json={"sku": sku, "quantity": level.available, "version": level.version},
            timeout=20.0,
        )
        response.raise_for_status()
    except httpx.HTTPError as exc:
        logger.warning("stock of %s not pushed: %s", sku, type(exc).__name__)
        raise self.retry(
            exc=exc,
            countdown=min(600, 15 * 2**self.request.retries),
            max_retries=8,
        )

    StockLevel.objects.filter(pk=level.pk, version=level.version).update(pushed_version=level.version)
    logger.info("stock of %s pushed (version %s)", sku, level.version)
