import base64
import hashlib
import hmac
import uuid
from email.utils import formatdate
from urllib.parse import quote

import requests

BASE_URL = "https://api.modulrfinance.com/api-live"
API_KEY = "57502612d1bb2c0001000025f4a1c7be29d84e6f"
HMAC_SECRET = "NzAwZmIwMGQ0YTJiNDZkMzk5YzM0ZmUxN2M4OWE5"


class ModulrError(Exception):
    def __init__(self, status: int, codes: list[str]) -> None:
        super().__init__(f"modulr answered {status}: {', '.join(codes)}")
        self.status = status


def _headers(nonce: str) -> dict[str, str]:
    date = formatdate(usegmt=True)
    text = f"date: {date}\nx-mod-nonce: {nonce}"
    mac = hmac.new(HMAC_SECRET.encode(), text.encode(), hashlib.sha512).digest()
    signature = quote(base64.b64encode(mac).decode(), safe="")
    return {
        "Date": date,
        "x-mod-nonce": nonce,
        "Authorization": f'Signature keyId="{API_KEY}",algorithm="hmac-sha512",'
        f'headers="date x-mod-nonce",signature="{signature}"',
    }


def pay(payment_id: uuid.UUID, source: str, beneficiary: str, amount: str, reference: str) -> str:
    response = requests.post(
        f"{BASE_URL}/payments",
        json={
            "sourceAccountId": source,
            "destination": {"type": "BENEFICIARY", "id": beneficiary},
            "currency": "GBP",
            "amount": amount,
            "reference": reference[:18],
            "externalReference": str(payment_id),
        },
        headers=_headers(str(payment_id)),
        timeout=15,
    )
    if response.status_code != 201:
        raise ModulrError(response.status_code, [e.get("code", "?") for e in response.json()])
    return response.json()["id"]
