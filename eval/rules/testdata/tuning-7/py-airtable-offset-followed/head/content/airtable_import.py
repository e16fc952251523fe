import logging
from collections.abc import Iterator

import requests
from requests.adapters import HTTPAdapter
from urllib3.util.retry import Retry

from content.config import settings
from content.models import Article
from content.store import replace_articles

logger = logging.getLogger(__name__)

BASE = "https://api.airtable.com/v0"


def _session() -> requests.Session:
    retry = Retry(
        total=5,
        backoff_factor=1.0,
        status_forcelist=(429, 502, 503, 504),
        allowed_methods=frozenset({"GET"}),
        respect_retry_after_header=True,
    )
    session = requests.Session()
    session.mount("https://", HTTPAdapter(max_retries=retry))
    session.headers["Authorization"] = f"Bearer {settings.airtable_token}"
    return session


def _records(table: str) -> Iterator[dict]:
    params: dict[str, str] = {"pageSize": "100", "view": "Published"}
    with _session() as session:
        while True:
            response = session.get(
                f"{BASE}/{settings.airtable_base}/{table}", params=params, timeout=(3.05, 15)
            )
            response.raise_for_status()
            page = response.json()
            yield from page["records"]
            if "offset" not in page:
                return
            params["offset"] = page["offset"]


def import_articles() -> int:
    articles = [Article.from_airtable(record) for record in _records("Articles")]
    replace_articles(articles)
    logger.info("%d articles imported", len(articles))
    return len(articles)
