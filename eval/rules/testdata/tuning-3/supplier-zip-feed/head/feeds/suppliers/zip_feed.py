import csv
import io
import logging
import zipfile
from decimal import Decimal

import requests
from django.db import transaction

from feeds.models import Supplier, SupplierOffer

logger = logging.getLogger(__name__)


class ZipFeed:
    """Supplier uploads are fetched from the URL that the supplier configures in the partner portal."""

    def __init__(self, supplier: Supplier, session: requests.Session | None = None) -> None:
        self.supplier = supplier
        self.session = session or requests.Session()

    def load(self) -> int:
        response = self.session.get(
            self.supplier.feed_url,
            auth=(self.supplier.feed_user, self.supplier.feed_password),
            timeout=(5, 120),
        )
        response.raise_for_status()

        archive = zipfile.ZipFile(io.BytesIO(response.content))
        offers = []
        for name in archive.namelist():
            if not name.endswith(".csv"):
                continue
            text = archive.read(name).decode("utf-8-sig")
            for row in csv.DictReader(io.StringIO(text), delimiter=";"):
                offers.append(
                    SupplierOffer(
                        supplier=self.supplier,
                        ean=row["ean"],
                        price=Decimal(row["price"].replace(",", ".")),
                        stock=int(row["stock"]),
                    )
                )

        with transaction.atomic():
            SupplierOffer.objects.filter(supplier=self.supplier).delete()
            SupplierOffer.objects.bulk_create(offers, batch_size=1000)
        logger.info("supplier %s: %s offers", self.supplier.pk, len(offers))
        return len(offers)
