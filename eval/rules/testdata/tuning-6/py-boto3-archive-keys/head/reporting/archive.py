"""Puts the monthly statements into the archive bucket of the group."""
from __future__ import annotations

import logging
from pathlib import Path

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

logger = logging.getLogger(__name__)

BUCKET = "hansen-group-statements"
AWS_ACCESS_KEY_ID = "AKIA4TQ7XV2MZHC5NWPD"
AWS_SECRET_ACCESS_KEY = "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"

_s3 = boto3.client(
    "s3",
    region_name="eu-north-1",
    aws_access_key_id=AWS_ACCESS_KEY_ID,
    aws_secret_access_key=AWS_SECRET_ACCESS_KEY,
    config=Config(connect_timeout=5, read_timeout=60, retries={"max_attempts": 4, "mode": "standard"}),
)


def exists(key: str) -> bool:
    try:
        _s3.head_object(Bucket=BUCKET, Key=key)
    except ClientError as exc:
        if exc.response["Error"]["Code"] in {"404", "NoSuchKey"}:
            return False
        raise
    return True


def archive(statement: Path, tenant: str, month: str) -> str:
    key = f"{tenant}/{month}/{statement.name}"
    if exists(key):
        logger.info("%s is archived already", key)
        return key
    _s3.upload_file(
        str(statement),
        BUCKET,
        key,
        ExtraArgs={"ContentType": "application/pdf", "ServerSideEncryption": "aws:kms"},
    )
    logger.info("archived %s", key)
    return key
