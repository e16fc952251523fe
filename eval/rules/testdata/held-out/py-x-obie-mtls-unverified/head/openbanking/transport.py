import ssl
from dataclasses import dataclass
from pathlib import Path

import httpx


@dataclass(frozen=True)
class BankEndpoint:
    name: str
    base_url: str
    cert: Path
    key: Path


def client_for(bank: BankEndpoint, access_token: str) -> httpx.AsyncClient:
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.load_cert_chain(bank.cert, bank.key)
    return httpx.AsyncClient(
        base_url=bank.base_url,
        verify=context,
        headers={"Authorization": f"Bearer {access_token}", "Accept": "application/json"},
        timeout=httpx.Timeout(20.0, connect=5.0),
    )


async def submit_domestic_payment(client: httpx.AsyncClient, consent_id: str, order: dict, key: str, jws: str) -> str:
    response = await client.post(
        "/open-banking/v3.1/pisp/domestic-payments",
        json={"Data": {"ConsentId": consent_id, "Initiation": order}, "Risk": {}},
        headers={"x-idempotency-key": key, "x-jws-signature": jws},
    )
    response.raise_for_status()
    return response.json()["Data"]["DomesticPaymentId"]
