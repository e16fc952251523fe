import logging
import zipfile
from pathlib import Path

log = logging.getLogger("catalog.archive")

MAX_TOTAL = 500 * 1024 * 1024
MAX_FILES = 5000
CHUNK = 1 << 16
SUFFIXES = {".csv", ".xml", ".jpg", ".png"}


class BadArchive(Exception):
    pass


def _destination(root: Path, member: zipfile.ZipInfo) -> Path:
    path = (root / member.filename).resolve()
    if not path.is_relative_to(root):
        raise BadArchive("member outside of the target folder")
    if path.suffix.lower() not in SUFFIXES:
        raise BadArchive(f"file type {path.suffix!r} is not expected")
    return path


def unpack(archive: Path, target: Path) -> list[Path]:
    root = target.resolve()
    written: list[Path] = []
    total = 0
    with zipfile.ZipFile(archive) as bundle:
        members = [m for m in bundle.infolist() if not m.is_dir()]
        if len(members) > MAX_FILES:
            raise BadArchive("too many files")
        for member in members:
            path = _destination(root, member)
            path.parent.mkdir(parents=True, exist_ok=True)
            with bundle.open(member) as source, path.open("wb") as output:
                while chunk := source.read(CHUNK):
                    total += len(chunk)
                    if total > MAX_TOTAL:
                        raise BadArchive("archive too large")
                    output.write(chunk)
            written.append(path)
    log.info("%s: %d files, %d bytes", archive.name, len(written), total)
    return written
