import httpx

from catalog.settings import settings


def feed_client() -> httpx.Client:
    return httpx.Client(
        base_url=settings.feed_url,
        headers={"authorization": f"Bearer {settings.feed_token}"},
        timeout=httpx.Timeout(20.0, connect=5.0),
        transport=httpx.HTTPTransport(retries=2),
    )
