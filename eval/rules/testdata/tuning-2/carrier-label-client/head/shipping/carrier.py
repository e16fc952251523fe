"""Labels from the parcel carrier."""
from dataclasses import dataclass
from uuid import UUID

import httpx


class CarrierError(Exception):
    def __init__(self, status: int, reason: str) -> None:
        super().__init__(f"carrier answered {status}: {reason}")
        self.status = status


@dataclass(frozen=True)
class Label:
    tracking_number: str
    pdf_url: str


class CarrierClient:
    """Thin wrapper, one instance per process."""

    def __init__(self, base_url: str, token: str) -> None:
        self._http = httpx.Client(
            base_url=base_url,
            headers={"Authorization": f"Bearer {token}", "Accept": "application/json"},
        )

    def _send(self, method: str, path: str, **kwargs) -> dict:
        response = self._http.request(method, path, **kwargs)
        if response.is_error:
            raise CarrierError(response.status_code, response.headers.get("x-error-code", "unknown"))
        return response.json() if response.content else {}

    def create_label(self, shipment_id: UUID, parcel: dict) -> Label:
        # PUT on our own id: sending it twice gives the same label
        data = self._send("PUT", f"/v3/labels/{shipment_id}", json={"parcel": parcel, "format": "A6"})
        return Label(tracking_number=data["trackingNumber"], pdf_url=data["document"]["href"])

    def cancel(self, shipment_id: UUID) -> None:
        self._send("POST", f"/v3/labels/{shipment_id}/cancellation")

    def close(self) -> None:
        self._http.close()
