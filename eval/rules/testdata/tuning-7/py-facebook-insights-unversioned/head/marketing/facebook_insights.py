import logging
from datetime import date
from decimal import Decimal

import httpx
from pydantic import BaseModel

from marketing.config import settings

logger = logging.getLogger(__name__)

GRAPH = "https://graph.facebook.com"


class Insight(BaseModel):
    campaign_id: str
    campaign_name: str
    spend: Decimal
    impressions: int
    date_start: date


class Page(BaseModel):
    data: list[Insight]
    paging: dict | None = None


def daily_insights(account_id: str, day: date) -> list[Insight]:
    insights: list[Insight] = []
    params = {
        "level": "campaign",
        "fields": "campaign_id,campaign_name,spend,impressions",
        "time_range": f'{{"since":"{day}","until":"{day}"}}',
        "limit": "200",
    }
    with httpx.Client(
        headers={"Authorization": f"Bearer {settings.facebook_token}"}, timeout=20.0
    ) as client:
        while True:
            response = client.get(f"{GRAPH}/act_{account_id}/insights", params=params)
            response.raise_for_status()
            page = Page.model_validate_json(response.content)
            insights.extend(page.data)
            if not page.paging or "next" not in page.paging:
                break
            params["after"] = page.paging["cursors"]["after"]
    logger.info("%d insights of %s for %s", len(insights), account_id, day)
    return insights
