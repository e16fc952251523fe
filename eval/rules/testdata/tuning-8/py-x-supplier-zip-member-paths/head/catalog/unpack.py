import logging
import os
import zipfile
from pathlib import Path

from celery import shared_task

from catalog.models import Delivery

logger = logging.getLogger(__name__)

MAX_TOTAL = 500 * 1024 * 1024
MAX_FILES = 5000


class BadArchive(Exception):
    pass


def unpack(archive: Path, target: Path) -> list[Path]:
    written: list[Path] = []
    with zipfile.ZipFile(archive) as bundle:
        members = [m for m in bundle.infolist() if not m.is_dir()]
        if len(members) > MAX_FILES or sum(m.file_size for m in members) > MAX_TOTAL:
            raise BadArchive("archive too large")
        for member in members:
            destination = os.path.join(target, member.filename)
            os.makedirs(os.path.dirname(destination), exist_ok=True)
            with bundle.open(member) as source, open(destination, "wb") as output:
                while chunk := source.read(1 << 16):
                    output.write(chunk)
            written.append(Path(destination))
    return written


@shared_task
def import_delivery(delivery_id: int) -> None:
    delivery = Delivery.objects.get(pk=delivery_id)
    try:
        files = unpack(Path(delivery.archive.path), Path(delivery.workdir))
    except (zipfile.BadZipFile, BadArchive) as exc:
        delivery.fail(str(exc))
        return
    delivery.register(files)
    logger.info("delivery %s: %d files", delivery_id, len(files))
