from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3.util.retry import Retry

DEFAULT_TIMEOUT = (3.05, 20)


class ServiceSession(requests.Session):
    """requests.Session with a base URL, a default timeout and careful retries."""

    def __init__(self, base_url: str, timeout: tuple[float, float] = DEFAULT_TIMEOUT) -> None:
        super().__init__()
        self._base_url = base_url.rstrip("/")
        self._timeout = timeout
        retry = Retry(
            total=3,
            backoff_factor=0.4,
            backoff_jitter=0.3,
            status_forcelist=(429, 502, 503, 504),
            allowed_methods=frozenset({"GET", "HEAD"}),
        )
        self.mount("https://", HTTPAdapter(max_retries=retry))

    def request(self, method: str, url: str, **kwargs: Any) -> requests.Response:
        kwargs.setdefault("timeout", self._timeout)
        return super().request(method, f"{self._base_url}{url}", **kwargs)
