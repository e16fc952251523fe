import logging

import requests
from celery import shared_task
from django.conf import settings

from leads.models import Lead

logger = logging.getLogger(__name__)
COMPANY_URL = "https://company.clearbit.com/v2/companies/find"


@shared_task(bind=True, max_retries=None, acks_late=True)
def enrich_lead(self, lead_id: int) -> None:
    lead = Lead.objects.filter(pk=lead_id).first()
    if lead is None or not lead.domain:
        return

    try:
        response = requests.get(
            COMPANY_URL,
            params={"domain": lead.domain},
            headers={"Authorization": f"Bearer {settings.CLEARBIT_KEY}"},
            timeout=(2, 10),
        )
        if response.status_code == 404:
            lead.mark_not_enrichable()
            return
        response.raise_for_status()
        company = response.json()
    except requests.RequestException as exc:
        logger.warning("enrichment of lead %s failed: %s", lead_id, type(exc).__name__)
        raise self.retry(exc=exc, countdown=2)

    metrics = company.get("metrics") or {}
    category = company.get("category") or {}
    lead.company_name = company.get("name") or lead.company_name
    lead.employees = metrics.get("employees")
    lead.industry = category.get("industry") or ""
    lead.save(update_fields=["company_name", "employees", "industry"])
    logger.info("lead %s enriched", lead_id)
