import logging
from typing import Any

import httpx
from tenacity import retry, retry_if_exception, stop_after_attempt, stop_after_delay, wait_random_exponential

log = logging.getLogger(__name__)
TRANSIENT = {429, 500, 502, 503, 504}


class CompanyNotFound(LookupError):
    pass


def _is_transient(exc: BaseException) -> bool:
    if isinstance(exc, httpx.HTTPStatusError):
        return exc.response.status_code in TRANSIENT
    return isinstance(exc, httpx.TransportError)


class CompaniesHouse:
    def __init__(self, api_key: str) -> None:
        self._http = httpx.Client(
            base_url="https://api.company-information.service.gov.uk",
            auth=(api_key, ""),
            timeout=httpx.Timeout(10.0, connect=3.0),
        )

    @retry(
        retry=retry_if_exception(_is_transient),
        wait=wait_random_exponential(multiplier=1, max=20),
        stop=stop_after_attempt(5) | stop_after_delay(60),
        reraise=True,
    )
    def _get(self, path: str) -> Any:
        response = self._http.get(path)
        if response.status_code == 404:
            raise CompanyNotFound(path)
        response.raise_for_status()
        return response.json()

    def profile(self, number: str) -> dict[str, str]:
        if not number.isalnum() or len(number) != 8:
            raise ValueError("company numbers have eight characters")
        body = self._get(f"/company/{number.upper()}")
        log.info("companies house profile of %s read", number)
        return {"name": body["company_name"], "status": body.get("company_status", "unknown")}
