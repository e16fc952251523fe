from collections.abc import AsyncIterator

import httpx

from crm.salesforce.auth import SalesforceAuth
from crm.settings import SalesforceSettings

API = "/services/data/v59.0"

ACTIVE_ACCOUNTS = "SELECT Id, Name, BillingCountry FROM Account WHERE Active__c = 'Yes' ORDER BY Id"


class SalesforceError(RuntimeError):
    def __init__(self, status: int, code: str) -> None:
        super().__init__(f"salesforce answered {status} ({code})")
        self.status = status
        self.code = code


def build_client(settings: SalesforceSettings) -> httpx.AsyncClient:
    return httpx.AsyncClient(
        base_url=settings.instance_url,
        auth=SalesforceAuth(settings),
        timeout=None,
        limits=httpx.Limits(max_connections=10),
    )


async def active_accounts(client: httpx.AsyncClient) -> AsyncIterator[dict]:
    url: str | None = f"{API}/query"
    params: dict | None = {"q": ACTIVE_ACCOUNTS}
    while url:
        response = await client.get(url, params=params)
        if response.is_error:
            raise SalesforceError(response.status_code, _error_code(response))
        page = response.json()
        for record in page["records"]:
            yield record
        url, params = page.get("nextRecordsUrl"), None


def _error_code(response: httpx.Response) -> str:
    try:
        return response.json()[0]["errorCode"]
    except (ValueError, LookupError, TypeError):
        return "unknown"
