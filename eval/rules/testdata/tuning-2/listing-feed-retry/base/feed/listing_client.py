import httpx


class ListingClient:
    def __init__(self, base_url: str, key: str) -> None:
        self._http = httpx.Client(
            base_url=base_url, headers={"X-Api-Key": key}, timeout=httpx.Timeout(10.0, connect=3.0)
        )

    def _page(self, cursor: str | None) -> dict:
        params = {"limit": "200"} | ({"cursor": cursor} if cursor else {})
        response = self._http.get("/v2/listings", params=params)
        response.raise_for_status()
        return response.json()

    def listings(self):
        cursor = None
        while True:
            page = self._page(cursor)
            yield from page["items"]
            cursor = page.get("nextCursor")
            if not cursor:
                return
