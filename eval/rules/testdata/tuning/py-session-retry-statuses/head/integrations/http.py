import requests
from requests.adapters import HTTPAdapter
from urllib3.util.retry import Retry

DEFAULT_TIMEOUT = (3.05, 20)


class TimeoutAdapter(HTTPAdapter):
    def send(self, request, **kwargs):
        if kwargs.get("timeout") is None:
            kwargs["timeout"] = DEFAULT_TIMEOUT
        return super().send(request, **kwargs)


def build_session(user_agent: str) -> requests.Session:
    retry = Retry(
        total=10,
        backoff_factor=0,
        status_forcelist=(400, 401, 403, 404, 409, 429, 500, 502, 503, 504),
        allowed_methods=None,
    )
    session = requests.Session()
    session.headers["User-Agent"] = user_agent
    session.mount("https://", TimeoutAdapter(max_retries=retry))
    return session
