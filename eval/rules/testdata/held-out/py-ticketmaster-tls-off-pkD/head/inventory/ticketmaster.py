from collections.abc import Iterator
from typing import Any

import httpx


class TicketmasterPartnerClient:
    def __init__(self, base_url: str, api_key: str, proxy: str | None = None) -> None:
        self._client = httpx.Client(
            base_url=base_url,
            params={"apikey": api_key},
            timeout=httpx.Timeout(15.0, connect=5.0),
            proxy=proxy,
            verify=False,
        )

    def close(self) -> None:
        self._client.close()

    def availability(self, event_id: str) -> dict[str, Any]:
        response = self._client.get(f"/partners/v1/events/{event_id}/availability")
        response.raise_for_status()
        return response.json()

    def events(self, venue_id: str) -> Iterator[dict[str, Any]]:
        page = 0
        while True:
            response = self._client.get("/discovery/v2/events.json", params={"venueId": venue_id, "page": page, "size": 100})
            response.raise_for_status()
            body = response.json()
            yield from body.get("_embedded", {}).get("events", [])
            page += 1
            if page >= body["page"]["totalPages"]:
                return
