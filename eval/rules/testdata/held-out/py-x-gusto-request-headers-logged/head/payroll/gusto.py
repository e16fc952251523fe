import logging
from datetime import date

import httpx

from payroll.types import PayrollRun

log = logging.getLogger("payroll.gusto")


def _log_request(request: httpx.Request) -> None:
    log.info("gusto -> %s %s headers=%s", request.method, request.url.path, dict(request.headers))


def _log_response(response: httpx.Response) -> None:
    log.info("gusto <- %s %s", response.status_code, response.headers.get("x-request-id"))


class GustoClient:
    def __init__(self, access_token: str, company: str) -> None:
        self._company = company
        self._http = httpx.Client(
            base_url="https://api.gusto.com/v1",
            headers={"Authorization": f"Bearer {access_token}", "X-Gusto-API-Version": "2024-04-01"},
            timeout=20,
            event_hooks={"request": [_log_request], "response": [_log_response]},
        )

    def payrolls(self, start: date, end: date) -> list[PayrollRun]:
        runs: list[PayrollRun] = []
        page = 1
        while True:
            response = self._http.get(
                f"/companies/{self._company}/payrolls",
                params={"start_date": start.isoformat(), "end_date": end.isoformat(), "page": page, "per": 50},
            )
            response.raise_for_status()
            runs.extend(PayrollRun.from_gusto(item) for item in response.json())
            if page >= int(response.headers.get("X-Total-Pages", "1")):
                return runs
            page += 1
