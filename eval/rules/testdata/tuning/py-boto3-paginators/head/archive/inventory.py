import logging
from collections.abc import Iterator
from datetime import datetime

from archive.aws import client

log = logging.getLogger(__name__)


def objects_before(bucket: str, prefix: str, cutoff: datetime) -> Iterator[str]:
    pages = client("s3").get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix)
    for page in pages:
        for item in page.get("Contents", []):
            if item["LastModified"] < cutoff:
                yield item["Key"]


def remove(bucket: str, keys: list[str]) -> None:
    for start in range(0, len(keys), 1000):
        chunk = keys[start : start + 1000]
        answer = client("s3").delete_objects(
            Bucket=bucket, Delete={"Objects": [{"Key": key} for key in chunk], "Quiet": True}
        )
        errors = answer.get("Errors", [])
        for error in errors:
            log.error("object %s was not removed: %s", error.get("Key"), error.get("Code"))
        if errors:
            raise RuntimeError(f"{len(errors)} objects of {bucket} were not removed")
