import logging
from collections.abc import Mapping
from typing import Any

import httpx

logger = logging.getLogger("payments.http")

SECRET_HEADERS = frozenset({"x-api-key", "authorization", "cookie", "set-cookie"})
SECRET_FIELDS = frozenset({"number", "cvc", "encryptedcardnumber", "storedpaymentmethodid", "token"})


def _headers(headers: Mapping[str, str]) -> dict[str, str]:
    return {name: "***" if name.lower() in SECRET_HEADERS else value for name, value in headers.items()}


def masked(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: "***" if key.lower() in SECRET_FIELDS else masked(item) for key, item in value.items()}
    if isinstance(value, list):
        return [masked(item) for item in value]
    return value


def log_request(request: httpx.Request) -> None:
    logger.debug("%s %s headers=%s", request.method, request.url.copy_with(query=None), _headers(request.headers))


def log_response(response: httpx.Response) -> None:
    response.read()
    body: Any = None
    if response.headers.get("content-type", "").startswith("application/json"):
        try:
            body = masked(response.json())
        except ValueError:
            body = "<not json>"
    logger.debug("%s %s body=%s", response.status_code, response.request.url.path, body)


def payments_client(base_url: str, api_key: str) -> httpx.Client:
    return httpx.Client(
        base_url=base_url,
        headers={"x-api-key": api_key},
        timeout=httpx.Timeout(30, connect=5),
        event_hooks={"request": [log_request], "response": [log_response]},
    )
