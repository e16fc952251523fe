import logging

import requests
from celery import shared_task
from django.conf import settings
from django.utils import timezone

from moderation.models import AbuseReport

logger = logging.getLogger(__name__)


@shared_task(
    bind=True,
    autoretry_for=(requests.ConnectionError, requests.Timeout),
    retry_backoff=True,
    retry_jitter=True,
    max_retries=6,
)
def file_ticket(self, report_id: int) -> None:
    report = AbuseReport.objects.select_related("reporter").get(pk=report_id)
    if report.filed_at is not None:
        return

    requests.post(
        f"https://{settings.ZENDESK_SUBDOMAIN}.zendesk.com/api/v2/tickets.json",
        json={
            "ticket": {
                "subject": f"Abuse report {report.public_id}",
                "comment": {"body": report.text},
                "requester": {"email": report.reporter.email, "name": report.reporter.name},
                "priority": "high",
            }
        },
        auth=(f"{settings.ZENDESK_USER}/token", settings.ZENDESK_API_TOKEN),
        headers={"Idempotency-Key": f"abuse-{report.public_id}"},
        timeout=15,
    )

    report.filed_at = timezone.now()
    report.save(update_fields=["filed_at"])
    logger.info("abuse report %s filed", report.public_id)
