import requests
from requests.adapters import HTTPAdapter
from urllib3.util import Retry


class TimeoutAdapter(HTTPAdapter):
    def send(self, request, **kwargs):
        if kwargs.get("timeout") is None:
            kwargs["timeout"] = (3.05, 10)
        return super().send(request, **kwargs)


def make_session(allowed_methods=frozenset({"GET", "HEAD"})):
    retry = Retry(
        total=3,
        backoff_factor=0.5,
        backoff_jitter=0.3,
        status_forcelist=(429, 502, 503, 504),
        allowed_methods=allowed_methods,
    )
    session = requests.Session()
    session.mount("https://", TimeoutAdapter(max_retries=retry))
    return session
