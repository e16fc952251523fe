import asyncio
import logging
from collections.abc import Sequence

import httpx

from sync.models import Product
from sync.settings import settings

log = logging.getLogger(__name__)


class AirtablePushError(Exception):
    def __init__(self, failed: list[str]) -> None:
        super().__init__(f"{len(failed)} rows could not be written")
        self.failed = failed


async def _update(client: httpx.AsyncClient, product: Product) -> None:
    response = await client.patch(
        f"/{settings.airtable_table}/{product.airtable_id}",
        json={
            "fields": {
                "Name": product.name,
                "Price": float(product.price),
                "Stock": product.stock,
            }
        },
    )
    response.raise_for_status()


async def push_products(products: Sequence[Product]) -> None:
    """Called every night with the whole catalogue (about 12 000 products)."""
    async with httpx.AsyncClient(
        base_url=f"https://api.airtable.com/v0/{settings.airtable_base}",
        headers={"Authorization": f"Bearer {settings.airtable_token.get_secret_value()}"},
        timeout=httpx.Timeout(30, pool=None),
    ) as client:
        results = await asyncio.gather(
            *(_update(client, product) for product in products), return_exceptions=True
        )

    failed = []
    for product, result in zip(products, results, strict=True):
        if isinstance(result, BaseException):
            log.warning("airtable row of %s failed: %s", product.sku, type(result).__name__)
            failed.append(product.sku)
    if failed:
        raise AirtablePushError(failed)
    log.info("%d airtable rows written", len(products))
