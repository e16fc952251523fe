import logging
from collections.abc import Iterator

import requests

from catalogue.models import upsert_product
from catalogue.settings import ShopSettings

log = logging.getLogger(__name__)

API_VERSION = "2024-07"
PAGE_SIZE = 250


class ShopifyProducts:
    def __init__(self, shop: ShopSettings, session: requests.Session) -> None:
        self._session = session
        self._session.headers["X-Shopify-Access-Token"] = shop.access_token
        self._url = f"https://{shop.domain}/admin/api/{API_VERSION}/products.json"

    def __iter__(self) -> Iterator[dict]:
        url, params = self._url, {"limit": PAGE_SIZE}
        while url:
            response = self._session.get(url, params=params, timeout=30)
            response.raise_for_status()
            yield from response.json()["products"]
            # the next link carries limit and page_info itself
            url, params = response.links.get("next", {}).get("url"), None


def import_products(shop: ShopSettings) -> int:
    count = 0
    with requests.Session() as session:
        for product in ShopifyProducts(shop, session):
            upsert_product(shop.shop_id, product)
            count += 1
    log.info("imported %d products of %s", count, shop.domain)
    return count
