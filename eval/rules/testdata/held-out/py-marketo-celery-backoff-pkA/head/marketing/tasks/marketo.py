import logging

import requests
from celery import shared_task

from marketing.marketo_auth import MarketoAuth
from marketing.models import Prospect

logger = logging.getLogger(__name__)

PASSING = {"602", "604", "606", "608", "611", "615", "713"}


class MarketoPassing(Exception):
    """An error of Marketo that may be gone at the next attempt."""


class MarketoRefused(Exception):
    pass


@shared_task(
    autoretry_for=(MarketoPassing, requests.ConnectionError, requests.Timeout),
    max_retries=6,
    retry_backoff=5,
    retry_backoff_max=900,
    retry_jitter=True,
)
def upsert_prospect(prospect_id: int) -> None:
    prospect = Prospect.objects.get(pk=prospect_id)
    auth = MarketoAuth.shared()
    response = requests.post(
        f"{auth.base_url}/rest/v1/leads.json",
        json={
            "action": "createOrUpdate",
            "lookupField": "email",
            "input": [{"email": prospect.email, "firstName": prospect.first_name, "company": prospect.company}],
        },
        headers={"Authorization": f"Bearer {auth.token()}"},
        timeout=(4, 30),
    )
    if response.status_code >= 500:
        raise MarketoPassing(response.status_code)
    if not response.ok:
        raise MarketoRefused(f"status {response.status_code}")

    body = response.json()
    if not body["success"]:
        codes = {error["code"] for error in body["errors"]}
        logger.warning("marketo: prospect %s, codes %s", prospect_id, sorted(codes))
        raise MarketoPassing(codes) if codes <= PASSING else MarketoRefused(codes)
    if any(row["status"] == "skipped" for row in body["result"]):
        raise MarketoRefused(f"prospect {prospect_id} skipped")
