import csv
import io
import logging
import urllib.error
import urllib.request
from decimal import Decimal, InvalidOperation

from django.db import transaction

from catalog.models import Supplier, SupplierPrice

logger = logging.getLogger(__name__)


class FeedError(Exception):
    pass


def _download(supplier: Supplier) -> str:
    request = urllib.request.Request(
        supplier.feed_url, headers={"User-Agent": "catalog-import/2", "Accept": "text/csv"}
    )
    try:
        with urllib.request.urlopen(request) as response:
            return response.read().decode("utf-8-sig")
    except urllib.error.HTTPError as exc:
        raise FeedError(f"{supplier.code}: feed answered {exc.code}") from exc
    except (urllib.error.URLError, OSError) as exc:
        raise FeedError(f"{supplier.code}: feed not reachable") from exc


def import_feed(supplier: Supplier) -> int:
    rows = []
    for number, row in enumerate(csv.DictReader(io.StringIO(_download(supplier))), start=2):
        try:
            rows.append(
                SupplierPrice(
                    supplier=supplier, sku=row["sku"].strip(), net_price=Decimal(row["net_price"])
                )
            )
        except (KeyError, AttributeError, InvalidOperation) as exc:
            raise FeedError(f"{supplier.code}: line {number} is malformed") from exc

    if not rows:
        raise FeedError(f"{supplier.code}: feed is empty")
    with transaction.atomic():
        SupplierPrice.objects.filter(supplier=supplier).delete()
        SupplierPrice.objects.bulk_create(rows, batch_size=1000)
    logger.info("%s: %d prices imported", supplier.code, len(rows))
    return len(rows)
