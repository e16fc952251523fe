from functools import lru_cache

import boto3
from botocore.config import Config

_CONFIG = Config(connect_timeout=3, read_timeout=15, retries={"mode": "adaptive", "max_attempts": 5})


@lru_cache
def client(service: str):
    return boto3.client(service, config=_CONFIG)
