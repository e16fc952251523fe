import hashlib
import hmac
import logging
import time

import requests

logger = logging.getLogger(__name__)


class LazadaError(Exception):
    def __init__(self, code: str, request_id: str) -> None:
        super().__init__(f"{code} (request {request_id})")
        self.code = code


class LazadaClient:
    def __init__(self, gateway: str, app_key: str, app_secret: str) -> None:
        self._gateway = gateway.rstrip("/")
        self._app_key = app_key
        self._app_secret = app_secret.encode()

    def _sign(self, path: str, params: dict[str, str]) -> str:
        text = path + "".join(f"{key}{params[key]}" for key in sorted(params))
        return hmac.new(self._app_secret, text.encode(), hashlib.sha256).hexdigest().upper()

    def get(self, path: str, access_token: str, **query: str) -> dict:
        while True:
            params = {
                **query,
                "app_key": self._app_key,
                "access_token": access_token,
                "sign_method": "sha256",
                "timestamp": str(int(time.time() * 1000)),
            }
            params["sign"] = self._sign(path, params)
            response = requests.get(f"{self._gateway}{path}", params=params, timeout=20)
            body = response.json() if response.ok else {}
            if response.status_code >= 500 or body.get("code") == "ApiCallLimit":
                logger.warning("lazada throttled %s", path)
                time.sleep(1)
                continue
            if not response.ok:
                raise LazadaError(f"http {response.status_code}", response.headers.get("x-request-id", "-"))
            if body.get("code") != "0":
                raise LazadaError(body.get("code", "unknown"), body.get("request_id", "-"))
            return body["data"]
