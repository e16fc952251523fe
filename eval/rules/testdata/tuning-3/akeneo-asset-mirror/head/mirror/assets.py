import hashlib
import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import quote

import requests

from mirror.storage import AssetStore

log = logging.getLogger(__name__)

TIMEOUT = (3.05, 30)
MAX_ASSET = 50 * 1024 * 1024


class AssetTooLarge(Exception):
    pass


@dataclass(frozen=True)
class Asset:
    code: str
    download_url: str
    checksum: str


@dataclass
class RefreshResult:
    written: int = 0
    failed: list[str] = field(default_factory=list)


class AssetMirror:
    def __init__(self, session: requests.Session, base_url: str, store: AssetStore) -> None:
        self._session = session
        self._base_url = base_url.rstrip("/")
        self._store = store

    def refresh(self, assets: Iterator[Asset]) -> RefreshResult:
        """The job fails, and is run again, when the result names failed assets."""
        result = RefreshResult()
        for asset in assets:
            signature = self._store.checksum(asset.code)
            if signature == asset.checksum:
                continue
            try:
                content = self._read(asset)
            except (AssetTooLarge, requests.RequestException) as exc:
                log.error("asset %s not read, keeping the old copy: %s", asset.code, exc)
                result.failed.append(asset.code)
                continue
            digest = hashlib.sha256(content).hexdigest()
            if digest != asset.checksum:
                log.error("asset %s arrived damaged, keeping the old copy", asset.code)
                result.failed.append(asset.code)
                continue
            self._store.put(asset.code, content, digest)
            result.written += 1
        return result

    def _read(self, asset: Asset) -> bytes:
        url = f"{self._base_url}/api/rest/v1/asset-media-files/{quote(asset.code, safe='')}/download"
        with self._session.get(url, timeout=TIMEOUT, stream=True, allow_redirects=False) as response:
            response.raise_for_status()
            body = bytearray()
            for chunk in response.iter_content(64 * 1024):
                body += chunk
                if len(body) > MAX_ASSET:
                    raise AssetTooLarge(asset.code)
        return bytes(body)
