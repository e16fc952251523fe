import logging
from collections.abc import Iterable
from decimal import Decimal

import requests
from sqlalchemy.orm import Session

from catalog.models import Product, Shop, Variant

log = logging.getLogger(__name__)

API_VERSION = "2026-01"


class CatalogImporter:
    def __init__(self, db: Session, shop: Shop) -> None:
        self._db = db
        self._shop = shop
        self._http = requests.Session()
        self._http.headers["X-Shopify-Access-Token"] = shop.access_token

    def run(self, product_ids: Iterable[int]) -> int:
        imported = 0
        for product_id in product_ids:
            response = self._http.get(
                f"https://{self._shop.domain}/admin/api/{API_VERSION}/products/{product_id}.json",
                timeout=(3, 15),
            )
            if response.status_code != 200:
                log.warning("product %s not imported: %s", product_id, response.status_code)
                continue
            self._store(response.json()["product"])
            imported += 1

        self._shop.catalog_imported = True
        self._db.commit()
        log.info("imported %s products for %s", imported, self._shop.domain)
        return imported

    def _store(self, data: dict) -> None:
        product = self._db.merge(Product(shop_id=self._shop.id, external_id=data["id"], title=data["title"]))
        product.variants = [
            Variant(
                external_id=v["id"],
                sku=v["sku"] or None,
                price=Decimal(v["price"]),
                position=v["position"],
            )
            for v in data["variants"]
        ]
