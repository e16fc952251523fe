import requests

API_VERSION = "v60.0"


class SalesforceSession(requests.Session):
    """Session bound to one org. Every call has a timeout, every error status raises."""

    def __init__(self, instance_url: str, token: str) -> None:
        super().__init__()
        self._root = f"{instance_url.rstrip('/')}/services/data/{API_VERSION}"
        self.headers.update({"Authorization": f"Bearer {token}", "Accept": "application/json"})

    def request(self, method, url, **kwargs):
        if not url.startswith("/"):
            raise ValueError("only paths below the API root")
        kwargs.setdefault("timeout", (3.05, 15))
        kwargs.setdefault("allow_redirects", False)
        response = super().request(method, self._root + url, **kwargs)
        response.raise_for_status()
        return response
