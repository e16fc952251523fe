import gzip
import shutil
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import Iterator

import requests

MAX_COMPRESSED = 200 * 1024 * 1024
MAX_PLAIN = 2 * 1024 * 1024 * 1024
DEADLINE_SECONDS = 600


class ReportTooLarge(Exception):
    pass


class ReportTooSlow(Exception):
    pass


@contextmanager
def downloaded(session: requests.Session, url: str, token: str) -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="report-"))
    try:
        packed = folder / "report.gz"
        _fetch(session, url, token, packed)
        plain = folder / "report.tsv"
        _unpack(packed, plain)
        yield plain
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _fetch(session: requests.Session, url: str, token: str, target: Path) -> None:
    started, size = time.monotonic(), 0
    headers = {"Authorization": f"Bearer {token}"}
    with session.get(url, headers=headers, timeout=(5, 60), stream=True) as response, target.open("wb") as out:
        response.raise_for_status()
        for chunk in response.iter_content(256 * 1024):
            size += len(chunk)
            if size > MAX_COMPRESSED:
                raise ReportTooLarge(url)
            if time.monotonic() - started > DEADLINE_SECONDS:
                raise ReportTooSlow(url)
            out.write(chunk)


def _unpack(packed: Path, plain: Path) -> None:
    size = 0
    with gzip.open(packed, "rb") as source, plain.open("wb") as out:
        while chunk := source.read(1024 * 1024):
            size += len(chunk)
            if size > MAX_PLAIN:
                raise ReportTooLarge(packed.name)
            out.write(chunk)
