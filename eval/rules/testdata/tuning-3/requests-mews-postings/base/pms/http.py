import requests
from requests.adapters import HTTPAdapter
from urllib3.util.retry import Retry


class TimeoutAdapter(HTTPAdapter):
    def __init__(self, *args, timeout: tuple[float, float], **kwargs) -> None:
        self._timeout = timeout
        super().__init__(*args, **kwargs)

    def send(self, request, **kwargs):
        if kwargs.get("timeout") is None:
            kwargs["timeout"] = self._timeout
        return super().send(request, **kwargs)


def pms_session(token: str) -> requests.Session:
    retry = Retry(
        total=4,
        backoff_factor=0.5,
        backoff_jitter=0.5,
        status_forcelist=(429, 502, 503, 504),
        allowed_methods={"GET", "PUT"},
        respect_retry_after_header=True,
        raise_on_status=False,
    )
    session = requests.Session()
    session.headers["Authorization"] = f"Bearer {token}"
    session.mount("https://", TimeoutAdapter(max_retries=retry, timeout=(3.05, 12)))
    return session
