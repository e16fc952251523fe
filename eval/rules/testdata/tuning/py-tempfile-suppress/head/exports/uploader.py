import contextlib
import hashlib
import logging
from pathlib import Path

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

log = logging.getLogger(__name__)


class UploadFailed(Exception):
    pass


class ExportUploader:
    def __init__(self, bucket: str) -> None:
        self._bucket = bucket
        self._s3 = boto3.client(
            "s3", config=Config(connect_timeout=3, read_timeout=30, retries={"mode": "standard", "max_attempts": 3})
        )

    def upload(self, path: Path) -> str:
        digest = self._digest(path)
        key = f"exports/{digest}.csv.gz"
        try:
            self._s3.upload_file(str(path), self._bucket, key, ExtraArgs={"ChecksumAlgorithm": "SHA256"})
        except (BotoCoreError, ClientError) as exc:
            raise UploadFailed(key) from exc
        finally:
            with contextlib.suppress(FileNotFoundError):
                path.unlink()
        log.info("uploaded export %s", key)
        return key

    @staticmethod
    def _digest(path: Path) -> str:
        with path.open("rb") as handle:
            return hashlib.file_digest(handle, "sha256").hexdigest()
