from __future__ import annotations

import hashlib
import io
import logging
from urllib.parse import urlsplit

import httpx
from PIL import Image, UnidentifiedImageError

from catalog.storage import bucket

logger = logging.getLogger(__name__)

ALLOWED_HOSTS = frozenset({"media.lieferant-ost.example", "cdn.lieferant-ost.example"})
MAX_EDGE = 2_000
client = httpx.Client(timeout=httpx.Timeout(20, connect=5), follow_redirects=False)


class ImageRejected(ValueError):
    pass


def mirror_image(sku: str, url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme != "https" or parts.hostname not in ALLOWED_HOSTS:
        raise ImageRejected(f"host of {sku} is not allowed")

    response = client.get(url)
    if response.status_code != 200:
        raise ImageRejected(f"image of {sku}: status {response.status_code}")
    data = response.content

    try:
        with Image.open(io.BytesIO(data)) as image:
            image.load()
            image.thumbnail((MAX_EDGE, MAX_EDGE))
            out = io.BytesIO()
            image.convert("RGB").save(out, "JPEG", quality=85)
    except (UnidentifiedImageError, OSError) as exc:
        raise ImageRejected(f"image of {sku} is not readable") from exc

    key = f"products/{sku}/{hashlib.sha256(data).hexdigest()[:16]}.jpg"
    bucket.upload(key, out.getvalue(), content_type="image/jpeg")
    logger.info("mirrored image of %s", sku)
    return key
