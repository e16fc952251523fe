import logging
from collections.abc import Iterator
from datetime import datetime

from archive.aws import client

log = logging.getLogger(__name__)


def objects_before(bucket: str, prefix: str, cutoff: datetime) -> Iterator[str]:
    response = client("s3").list_objects_v2(Bucket=bucket, Prefix=prefix)
    for item in response.get("Contents", []):
        if item["LastModified"] < cutoff:
            yield item["Key"]


def remove(bucket: str, keys: list[str]) -> None:
    for start in range(0, len(keys), 1000):
        chunk = keys[start : start + 1000]
        answer = client("s3").delete_objects(
            Bucket=bucket, Delete={"Objects": [{"Key": key} for key in chunk], "Quiet": True}
        )
        if answer.get("Errors"):
            raise RuntimeError(f"{len(answer['Errors'])} objects of {bucket} were not removed")
