import logging
import time
from typing import Any

import requests

from shops.constants import SHOPIFY_API_VERSION, SHOPIFY_TIMEOUT

log = logging.getLogger(__name__)

MAX_ATTEMPTS = 5


class ShopifyGraphQLError(Exception):
    def __init__(self, errors: list[dict[str, Any]]) -> None:
        super().__init__("; ".join(str(e.get("message")) for e in errors))
        self.errors = errors


class ShopifyReader:
    """Queries only; mutations go through shops.writer."""

    def __init__(self, domain: str, token: str) -> None:
        self._url = f"https://{domain}/admin/api/{SHOPIFY_API_VERSION}/graphql.json"
        self._http = requests.Session()
        self._http.headers["X-Shopify-Access-Token"] = token

    def query(self, document: str, variables: dict[str, Any]) -> dict[str, Any]:
        for attempt in range(1, MAX_ATTEMPTS + 1):
            response = self._http.post(
                self._url, json={"query": document, "variables": variables}, timeout=SHOPIFY_TIMEOUT
            )
            if response.status_code in (429, 502, 503, 504) and attempt < MAX_ATTEMPTS:
                time.sleep(float(response.headers.get("Retry-After", 2**attempt)))
                continue
            response.raise_for_status()
            served = response.headers.get("X-Shopify-API-Version")
            if served != SHOPIFY_API_VERSION:
                log.warning("shopify served %s instead of %s", served, SHOPIFY_API_VERSION)
            body = response.json()
            errors = body.get("errors", [])
            if not errors:
                return body["data"]
            if attempt == MAX_ATTEMPTS or errors[0].get("extensions", {}).get("code") != "THROTTLED":
                raise ShopifyGraphQLError(errors)
            time.sleep(2**attempt)
        raise AssertionError("unreachable")
