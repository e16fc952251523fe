import requests
from requests.adapters import HTTPAdapter
from urllib3.util.retry import Retry


class DeadlineAdapter(HTTPAdapter):
    def send(self, request, **kwargs):
        kwargs["timeout"] = kwargs.get("timeout") or (3.05, 30)
        return super().send(request, **kwargs)


def build_session(user_agent: str) -> requests.Session:
    retry = Retry(
        total=3,
        backoff_factor=0.5,
        backoff_jitter=0.5,
        status_forcelist=(429, 502, 503, 504),
        allowed_methods=frozenset({"GET"}),
    )
    session = requests.Session()
    session.headers["User-Agent"] = user_agent
    session.mount("https://", DeadlineAdapter(max_retries=retry))
    return session
