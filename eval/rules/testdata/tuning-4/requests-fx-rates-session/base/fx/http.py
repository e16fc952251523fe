import requests
from requests.adapters import HTTPAdapter
from urllib3.util.retry import Retry

DEFAULT_TIMEOUT = (3.05, 15)


class TimeoutAdapter(HTTPAdapter):
    def send(self, request, **kwargs):
        if kwargs.get("timeout") is None:
            kwargs["timeout"] = DEFAULT_TIMEOUT
        return super().send(request, **kwargs)


def _build_session() -> requests.Session:
    retry = Retry(
        total=3,
        backoff_factor=0.8,
        backoff_jitter=0.5,
        status_forcelist=(429, 502, 503, 504),
        allowed_methods=("GET", "HEAD"),
    )
    s = requests.Session()
    s.mount("https://", TimeoutAdapter(max_retries=retry))
    return s


session = _build_session()
