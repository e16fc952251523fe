import uuid
from dataclasses import dataclass

import httpx
from tenacity import Retrying, retry_if_exception, stop_after_attempt, wait_random_exponential

TRANSIENT = frozenset({429, 502, 503, 504})
NAMESPACE = uuid.UUID("7f0c6a0e-6d3e-4f52-9f0d-0a4c6a5b3d11")


@dataclass(frozen=True)
class Payout:
    payout_id: int
    quote_id: str
    recipient_id: int
    reference: str

    @property
    def transaction_id(self) -> str:
        return str(uuid.uuid5(NAMESPACE, f"payout-{self.payout_id}"))


def _is_transient(exc: BaseException) -> bool:
    if isinstance(exc, httpx.HTTPStatusError):
        return exc.response.status_code in TRANSIENT
    return isinstance(exc, httpx.TransportError)


def _wait(state) -> float:
    exc = state.outcome.exception()
    if isinstance(exc, httpx.HTTPStatusError):
        advised = exc.response.headers.get("Retry-After", "")
        if advised.isdigit():
            return min(float(advised), 60.0)
    return wait_random_exponential(multiplier=0.5, max=20)(state)


class WiseClient:
    def __init__(self, http: httpx.Client) -> None:
        self._http = http
        self._retrying = Retrying(
            retry=retry_if_exception(_is_transient), stop=stop_after_attempt(4), wait=_wait, reraise=True
        )

    def create_transfer(self, payout: Payout) -> int:
        return self._retrying(self._post, payout)

    def _post(self, payout: Payout) -> int:
        response = self._http.post(
            "/v1/transfers",
            json={
                "targetAccount": payout.recipient_id,
                "quoteUuid": payout.quote_id,
                "customerTransactionId": payout.transaction_id,
                "details": {"reference": payout.reference},
            },
            timeout=httpx.Timeout(20.0, connect=5.0),
        )
        response.raise_for_status()
        return int(response.json()["id"])
