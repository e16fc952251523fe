import httpx
from tenacity import retry

from support.settings import ZendeskSettings


class ZendeskClient:
    def __init__(self, settings: ZendeskSettings) -> None:
        self._http = httpx.AsyncClient(
            base_url=f"https://{settings.subdomain}.zendesk.com/api/v2",
            auth=(f"{settings.email}/token", settings.api_token.get_secret_value()),
            timeout=15.0,
        )

    @retry
    async def ticket(self, ticket_id: int) -> dict:
        res = await self._http.get(f"/tickets/{ticket_id}.json")
        res.raise_for_status()
        return res.json()["ticket"]

    @retry
    async def set_tags(self, ticket_id: int, tags: list[str]) -> None:
        res = await self._http.put(f"/tickets/{ticket_id}/tags.json", json={"tags": sorted(set(tags))})
        res.raise_for_status()
