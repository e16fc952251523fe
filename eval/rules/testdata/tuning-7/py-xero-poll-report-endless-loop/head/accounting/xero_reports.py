import logging
from datetime import date

import requests

from accounting.xero_auth import XeroTenant

log = logging.getLogger(__name__)
BASE = "https://api.xero.com/api.xro/2.0"


class ReportShapeError(Exception):
    pass


def _get(tenant: XeroTenant, path: str, params: dict[str, str]) -> dict:
    while True:
        try:
            response = requests.get(
                f"{BASE}{path}",
                params=params,
                headers={
                    "Authorization": f"Bearer {tenant.access_token()}",
                    "Xero-Tenant-Id": tenant.id,
                    "Accept": "application/json",
                },
                timeout=(3, 30),
            )
            response.raise_for_status()
            return response.json()
        except requests.RequestException as exc:
            log.warning("xero %s failed (%s), trying again", path, type(exc).__name__)


def profit_and_loss(tenant: XeroTenant, start: date, end: date) -> dict[str, str]:
    body = _get(
        tenant,
        "/Reports/ProfitAndLoss",
        {"fromDate": start.isoformat(), "toDate": end.isoformat(), "standardLayout": "true"},
    )
    try:
        sections = body["Reports"][0]["Rows"]
    except (KeyError, IndexError) as exc:
        raise ReportShapeError("report without rows") from exc

    totals: dict[str, str] = {}
    for section in sections:
        for row in section.get("Rows", []):
            if row.get("RowType") == "SummaryRow":
                label, value = row["Cells"][0]["Value"], row["Cells"][1]["Value"]
                totals[label] = value
    return totals
