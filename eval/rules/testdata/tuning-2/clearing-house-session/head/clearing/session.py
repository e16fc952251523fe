"""mTLS session for the clearing house."""
from decimal import Decimal
from pathlib import Path

import requests
from requests.adapters import HTTPAdapter
from urllib3.util.retry import Retry

READ_ONLY = Retry(
    total=3,
    backoff_factor=0.5,
    backoff_jitter=0.5,
    status_forcelist=(429, 502, 503, 504),
    allowed_methods=frozenset({"GET"}),
    respect_retry_after_header=True,
)


class ClearingHouse:
    def __init__(self, base_url: str, ca_bundle: Path, certificate: Path, key: Path) -> None:
        if not base_url.startswith("https://"):
            raise ValueError("the clearing house is reached over https only")
        self._base = base_url.rstrip("/")
        self._session = requests.Session()
        # their certificates come from an own CA, the bundle holds only that one
        self._session.verify = str(ca_bundle)
        self._session.cert = (str(certificate), str(key))
        self._session.trust_env = False
        self._session.mount("https://", HTTPAdapter(max_retries=READ_ONLY))

    def _call(self, method: str, path: str, **kwargs) -> dict:
        response = self._session.request(method, self._base + path, timeout=(5, 25), **kwargs)
        response.raise_for_status()
        return response.json()

    def position(self, account: str) -> Decimal:
        data = self._call("GET", f"/accounts/{account}/position")
        return Decimal(data["net"]).scaleb(-2)

    def instruct(self, instruction_id: str, body: dict) -> str:
        data = self._call("PUT", f"/instructions/{instruction_id}", json=body)
        return data["state"]
