import logging
from collections import defaultdict
from decimal import Decimal

import requests

from forecasting.zoho_auth import auth_header

log = logging.getLogger("forecasting.zoho")

URL = "https://www.zohoapis.eu/crm/v6/Deals"
FIELDS = "Deal_Name,Stage,Amount,Closing_Date,Owner"


def open_deals() -> list[dict]:
    response = requests.get(
        URL,
        params={"fields": FIELDS, "per_page": 200, "sort_by": "id", "sort_order": "asc"},
        headers=auth_header(),
        timeout=20,
    )
    if response.status_code == 204:
        return []
    response.raise_for_status()
    deals = response.json()["data"]
    return [deal for deal in deals if not deal["Stage"].startswith("Closed")]


def forecast_by_month() -> dict[str, Decimal]:
    months: dict[str, Decimal] = defaultdict(Decimal)
    deals = open_deals()
    for deal in deals:
        if deal.get("Closing_Date") and deal.get("Amount") is not None:
            months[deal["Closing_Date"][:7]] += Decimal(str(deal["Amount"]))
    log.info("forecast built from %d open deals", len(deals))
    return dict(months)
