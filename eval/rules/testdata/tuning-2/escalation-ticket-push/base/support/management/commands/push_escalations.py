import logging

import requests
from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from support.models import Escalation

logger = logging.getLogger(__name__)

BATCH = 50


def zendesk_session() -> requests.Session:
    session = requests.Session()
    session.auth = (f"{settings.ZENDESK_EMAIL}/token", settings.ZENDESK_TOKEN)
    session.headers["Accept"] = "application/json"
    return session


class Command(BaseCommand):
    help = "Pushes open escalations to Zendesk (cron, every five minutes, one instance)"

    def handle(self, *args, **options):
        session = zendesk_session()
        pending = Escalation.objects.filter(pushed_at__isnull=True).order_by("created_at")[:BATCH]
        for escalation in pending:
            response = session.post(
                f"https://{settings.ZENDESK_SUBDOMAIN}.zendesk.com/api/v2/tickets.json",
                json={
                    "ticket": {
                        "external_id": f"escalation-{escalation.pk}",
                        "subject": escalation.title,
                        "comment": {"body": escalation.summary},
                        "priority": "urgent" if escalation.blocking else "high",
                    }
                },
                headers={"Idempotency-Key": f"escalation-{escalation.pk}"},
                timeout=10,
            )
            # stops the run, the next one starts with this escalation
            response.raise_for_status()
            escalation.zendesk_ticket = response.json()["ticket"]["id"]
            escalation.pushed_at = timezone.now()
            escalation.save(update_fields=["zendesk_ticket", "pushed_at"])
        logger.info("escalation run finished")
