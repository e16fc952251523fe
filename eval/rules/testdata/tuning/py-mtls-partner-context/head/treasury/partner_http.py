import ssl
from dataclasses import dataclass
from pathlib import Path

import httpx


@dataclass(frozen=True)
class MutualTls:
    ca_file: Path
    cert_file: Path
    key_file: Path


def ssl_context(files: MutualTls) -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=str(files.ca_file))
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(certfile=str(files.cert_file), keyfile=str(files.key_file))
    return context


class PartnerHttp:
    def __init__(self, base_url: str, files: MutualTls) -> None:
        self._http = httpx.Client(
            base_url=base_url,
            verify=ssl_context(files),
            timeout=httpx.Timeout(20.0, connect=5.0),
            follow_redirects=False,
            headers={"Accept": "application/json"},
        )

    def positions(self, account: str) -> list[dict]:
        response = self._http.get(f"/accounts/{account}/positions")
        response.raise_for_status()
        positions = response.json()["positions"]
        if not isinstance(positions, list):
            raise TypeError("positions must be a list")
        return positions

    def __enter__(self) -> "PartnerHttp":
        return self

    def __exit__(self, *_exc) -> None:
        self._http.close()
