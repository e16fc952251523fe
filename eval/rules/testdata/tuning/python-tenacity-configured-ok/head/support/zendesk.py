import httpx
from tenacity import RetryCallState, retry, retry_if_exception, stop_after_attempt, wait_random_exponential

from support.settings import ZendeskSettings

_exponential = wait_random_exponential(multiplier=0.5, max=30)


def _transient(exc: BaseException) -> bool:
    if isinstance(exc, httpx.HTTPStatusError):
        return exc.response.status_code in {429, 502, 503, 504}
    return isinstance(exc, httpx.TransportError)


def _wait(state: RetryCallState) -> float:
    exc = state.outcome.exception() if state.outcome else None
    if isinstance(exc, httpx.HTTPStatusError):
        after = exc.response.headers.get("retry-after", "")
        if after.isdecimal():
            return min(float(after), 120.0)
    return _exponential(state)


resilient = retry(retry=retry_if_exception(_transient), stop=stop_after_attempt(5), wait=_wait, reraise=True)


class ZendeskClient:
    def __init__(self, settings: ZendeskSettings) -> None:
        self._http = httpx.AsyncClient(
            base_url=f"https://{settings.subdomain}.zendesk.com/api/v2",
            auth=(f"{settings.email}/token", settings.api_token.get_secret_value()),
            timeout=15.0,
        )

    @resilient
    async def ticket(self, ticket_id: int) -> dict:
        res = await self._http.get(f"/tickets/{ticket_id}.json")
        res.raise_for_status()
        return res.json()["ticket"]

    @resilient
    async def set_tags(self, ticket_id: int, tags: list[str]) -> None:
        res = await self._http.put(f"/tickets/{ticket_id}/tags.json", json={"tags": sorted(set(tags))})
        res.raise_for_status()
