import logging
import tempfile
from typing import IO

import boto3
import requests
from botocore.config import Config

from recordings.auth import ringcentral_token

logger = logging.getLogger(__name__)

LIMIT = 300 * 1024 * 1024
CHUNK = 256 * 1024

s3 = boto3.client("s3", config=Config(connect_timeout=5, read_timeout=60, retries={"max_attempts": 3}))


class RecordingTooLarge(Exception):
    pass


def _copy(response: requests.Response, target: IO[bytes]) -> int:
    total = 0
    for chunk in response.iter_content(CHUNK):
        total += len(chunk)
        if total > LIMIT:
            raise RecordingTooLarge(f"more than {LIMIT} bytes")
        target.write(chunk)
    return total


def archive(external_id: str, key: str) -> int:
    url = f"https://media.ringcentral.com/restapi/v1.0/account/~/recording/{external_id}/content"
    with (
        requests.get(
            url, headers={"Authorization": f"Bearer {ringcentral_token()}"}, stream=True, timeout=(5, 60)
        ) as response,
        tempfile.TemporaryFile() as spool,
    ):
        response.raise_for_status()
        size = _copy(response, spool)
        spool.seek(0)
        s3.upload_fileobj(spool, "call-archive", key, ExtraArgs={"ContentType": "audio/mpeg"})
    logger.info("recording %s archived as %s (%d bytes)", external_id, key, size)
    return size
