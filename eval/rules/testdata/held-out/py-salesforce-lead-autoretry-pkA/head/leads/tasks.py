import logging

import requests
from celery import shared_task
from django.conf import settings

from leads.models import Lead
from leads.salesforce_auth import access_token

logger = logging.getLogger(__name__)

API = "services/data/v61.0"


@shared_task(
    autoretry_for=(Exception,),
    max_retries=None,
    default_retry_delay=1,
    acks_late=True,
)
def push_lead(lead_id: int) -> None:
    lead = Lead.objects.get(pk=lead_id)
    instance_url, token = access_token()

    # upsert by our own id, so that a repeated call changes nothing
    response = requests.patch(
        f"{instance_url}/{API}/sobjects/Lead/Portal_Id__c/{lead.pk}",
        json={
            "FirstName": lead.first_name,
            "LastName": lead.last_name,
            "Company": lead.company,
            "Email": lead.email,
            "LeadSource": "Portal",
        },
        headers={"Authorization": f"Bearer {token}"},
        timeout=(3.05, settings.SALESFORCE_READ_TIMEOUT),
    )
    response.raise_for_status()
    logger.info("lead %s pushed to salesforce (%s)", lead_id, response.status_code)
