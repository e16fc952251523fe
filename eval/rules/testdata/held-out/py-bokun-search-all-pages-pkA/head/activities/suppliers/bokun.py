import base64
import hashlib
import hmac
import json
from collections.abc import Iterator
from datetime import UTC, datetime

import requests

HOST = "https://api.bokun.io"
PAGE_SIZE = 50


class BokunError(Exception):
    pass


class Bokun:
    def __init__(self, access_key: str, secret_key: str) -> None:
        self._access_key = access_key
        self._secret_key = secret_key.encode()
        self._session = requests.Session()

    def _post(self, path: str, body: dict) -> dict:
        now = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S")
        digest = hmac.new(self._secret_key, f"{now}{self._access_key}POST{path}".encode(), hashlib.sha1).digest()
        response = self._session.post(
            HOST + path,
            data=json.dumps(body),
            headers={
                "X-Bokun-Date": now,
                "X-Bokun-AccessKey": self._access_key,
                "X-Bokun-Signature": base64.b64encode(digest).decode(),
                "Content-Type": "application/json;charset=UTF-8",
            },
            timeout=30,
        )
        if response.status_code != 200:
            raise BokunError(f"{path} answered {response.status_code}")
        return response.json()

    def activities(self) -> Iterator[dict]:
        page, seen = 1, 0
        while True:
            result = self._post("/activity.json/search", {"page": page, "pageSize": PAGE_SIZE})
            items = result["items"]
            yield from items
            seen += len(items)
            if not items or seen >= result["totalHits"]:
                return
            page += 1
