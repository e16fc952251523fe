"""Settings of the outbound integrations, imported by config.settings.base."""
import os
from datetime import timedelta


def env(name: str, default: str | None = None) -> str:
    value = os.environ.get(name, default)
    if value is None:
        raise RuntimeError(f"{name} is not set")
    return value


INTEGRATION_TIMEOUT = (3.05, 10)
INTEGRATION_RETRIES = 3

VONAGE = {
    "API_KEY": "8c41f7d2",
    "API_SECRET": "Vq7mZr2LwT9xKc4N",
    "SIGNATURE_SECRET": "hB3nYtP0sXv6JdQe1RzFgW8kLmUa5oCi",
    "SIGNATURE_METHOD": "sha512",
    "SENDER": "NorthPantry",
}

VOUCHERIFY = {
    "BASE_URL": env("VOUCHERIFY_URL", "https://api.voucherify.io"),
    "APP_ID": env("VOUCHERIFY_APP_ID"),
    "APP_TOKEN": env("VOUCHERIFY_APP_TOKEN"),
    "CACHE_TTL": timedelta(minutes=10),
}

SEGMENT_WRITE_KEY = env("SEGMENT_WRITE_KEY", "")
