import csv
import io
import logging
from decimal import Decimal, InvalidOperation

import paramiko
from sqlalchemy import text

from suppliers.config import SftpConfig
from suppliers.db import engine

logger = logging.getLogger(__name__)

MAX_BYTES = 20 * 1024 * 1024
UPSERT = text(
    "INSERT INTO supplier_prices (supplier_id, sku, price) VALUES (:supplier_id, :sku, :price) "
    "ON CONFLICT (supplier_id, sku) DO UPDATE SET price = excluded.price"
)


class PricelistError(Exception):
    pass


def download(config: SftpConfig) -> bytes:
    with paramiko.SSHClient() as ssh:
        ssh.load_host_keys(config.known_hosts)
        ssh.set_missing_host_key_policy(paramiko.RejectPolicy())
        ssh.connect(
            config.host,
            username=config.username,
            key_filename=config.key_file,
            timeout=10,
            auth_timeout=10,
            banner_timeout=10,
        )
        with ssh.open_sftp() as sftp:
            sftp.get_channel().settimeout(30)
            with sftp.open(config.path, "rb") as remote:
                data = remote.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise PricelistError("price list too large")
    return data


def parse(data: bytes, supplier_id: int) -> list[dict]:
    rows = []
    try:
        for row in csv.DictReader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"):
            price = Decimal(row["price"].replace(",", "."))
            if not row["sku"] or not price.is_finite() or price < 0:
                raise PricelistError(f"bad row {len(rows) + 1}")
            rows.append({"supplier_id": supplier_id, "sku": row["sku"][:64], "price": price})
    except (KeyError, AttributeError, InvalidOperation, UnicodeDecodeError, csv.Error) as exc:
        raise PricelistError(f"bad row {len(rows) + 1}") from exc
    if not rows:
        raise PricelistError("price list is empty")
    return rows


def import_pricelist(config: SftpConfig, supplier_id: int) -> int:
    rows = parse(download(config), supplier_id)
    with engine.begin() as connection:
        connection.execute(UPSERT, rows)
    logger.info("%d prices of supplier %s imported", len(rows), supplier_id)
    return len(rows)
