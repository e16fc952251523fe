import logging
from datetime import datetime, timedelta, timezone

import boto3
from botocore.config import Config

from retention.settings import settings

logger = logging.getLogger(__name__)

s3 = boto3.client(
    "s3",
    config=Config(
        connect_timeout=3,
        read_timeout=20,
        retries={"max_attempts": 5, "mode": "standard"},
    ),
)


class PurgeIncomplete(RuntimeError):
    pass


def _delete(keys: list[str]) -> int:
    deleted = 0
    for start in range(0, len(keys), 1000):
        batch = keys[start : start + 1000]
        result = s3.delete_objects(
            Bucket=settings.export_bucket,
            Delete={"Objects": [{"Key": k} for k in batch], "Quiet": True},
        )
        errors = result.get("Errors", [])
        if errors:
            logger.error("%d of %d objects not deleted: %s", len(errors), len(batch), errors[0]["Code"])
            raise PurgeIncomplete(f"{len(errors)} objects left")
        deleted += len(batch)
    return deleted


def purge_exports(tenant_id: str, keep_days: int = 30) -> int:
    limit = datetime.now(timezone.utc) - timedelta(days=keep_days)
    listing = s3.list_objects_v2(
        Bucket=settings.export_bucket,
        Prefix=f"exports/{tenant_id}/",
    )
    expired = [o["Key"] for o in listing.get("Contents", []) if o["LastModified"] < limit]
    deleted = _delete(expired)
    logger.info("purged %d exports of tenant %s", deleted, tenant_id)
    return deleted
