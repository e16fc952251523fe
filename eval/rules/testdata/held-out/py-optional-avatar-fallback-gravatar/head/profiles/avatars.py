import hashlib
import logging
from urllib.parse import urlencode

import requests
from django.core.cache import cache

logger = logging.getLogger(__name__)

DEFAULT_AVATAR = "/static/img/avatar-default.svg"
FOUND_TTL = 24 * 3600
MISSING_TTL = 3600


def avatar_url(email: str, size: int = 96) -> str:
    digest = hashlib.sha256(email.strip().lower().encode()).hexdigest()
    cache_key = f"avatar:{digest}:{size}"
    cached = cache.get(cache_key)
    if cached is not None:
        return cached

    url = f"https://gravatar.com/avatar/{digest}?{urlencode({'s': size, 'd': '404'})}"
    try:
        response = requests.head(url, timeout=(1, 2), allow_redirects=False)
    except requests.RequestException as exc:
        logger.info("gravatar not reachable, using default picture: %s", type(exc).__name__)
        return DEFAULT_AVATAR

    if response.status_code == 200:
        cache.set(cache_key, url, FOUND_TTL)
        return url
    if response.status_code == 404:
        cache.set(cache_key, DEFAULT_AVATAR, MISSING_TTL)
    else:
        logger.info("gravatar answered %d", response.status_code)
    return DEFAULT_AVATAR
