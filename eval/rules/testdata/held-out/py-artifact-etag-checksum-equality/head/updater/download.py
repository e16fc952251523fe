import hashlib
import logging
import os
import tempfile
from pathlib import Path

import httpx

log = logging.getLogger(__name__)
MAX_BYTES = 200 * 1024 * 1024


class ChecksumMismatch(Exception):
    pass


class ArtifactTooLarge(Exception):
    pass


def fetch_artifact(client: httpx.Client, url: str, sha256: str, target: Path) -> bool:
    headers = {}
    etag_file = target.with_suffix(".etag")
    if target.exists() and etag_file.exists():
        headers["If-None-Match"] = etag_file.read_text()

    digest = hashlib.sha256()
    received = 0
    with client.stream("GET", url, headers=headers, timeout=30.0) as response:
        if response.status_code == 304:
            return False
        response.raise_for_status()
        fd, temp_name = tempfile.mkstemp(dir=target.parent)
        try:
            with os.fdopen(fd, "wb") as handle:
                for chunk in response.iter_bytes(64 * 1024):
                    received += len(chunk)
                    if received > MAX_BYTES:
                        raise ArtifactTooLarge(url)
                    digest.update(chunk)
                    handle.write(chunk)
            if digest.hexdigest() != sha256.lower():
                raise ChecksumMismatch(url)
            os.replace(temp_name, target)
        except BaseException:
            os.unlink(temp_name)
            raise
        etag = response.headers.get("ETag", "")

    if etag:
        etag_file.write_text(etag)
    else:
        etag_file.unlink(missing_ok=True)
    log.info("%s updated (%d bytes)", target.name, received)
    return True
