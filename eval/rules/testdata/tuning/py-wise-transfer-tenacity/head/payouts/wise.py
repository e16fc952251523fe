import uuid
from dataclasses import dataclass

import httpx
from tenacity import retry, retry_if_exception_type


@dataclass(frozen=True)
class Payout:
    payout_id: int
    quote_id: str
    recipient_id: int
    reference: str


class WiseClient:
    def __init__(self, base_url: str, token: str) -> None:
        self._http = httpx.Client(
            base_url=base_url,
            headers={"Authorization": f"Bearer {token}"},
            timeout=httpx.Timeout(20.0, connect=5.0),
        )

    @retry(retry=retry_if_exception_type(Exception))
    def create_transfer(self, payout: Payout) -> int:
        response = self._http.post(
            "/v1/transfers",
            json={
                "targetAccount": payout.recipient_id,
                "quoteUuid": payout.quote_id,
                "customerTransactionId": str(uuid.uuid4()),
                "details": {"reference": payout.reference},
            },
        )
        response.raise_for_status()
        return int(response.json()["id"])

    def status(self, transfer_id: int) -> str:
        response = self._http.get(f"/v1/transfers/{transfer_id}")
        response.raise_for_status()
        return str(response.json()["status"])

    def close(self) -> None:
        self._http.close()
