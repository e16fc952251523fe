import logging

import requests
from celery import shared_task
from django.conf import settings

from helpdesk.models import Ticket

logger = logging.getLogger(__name__)

PRIORITY = {"low": 1, "normal": 2, "high": 3, "urgent": 4}


def _session() -> requests.Session:
    session = requests.Session()
    session.auth = (settings.FRESHDESK_API_KEY, "X")
    return session


@shared_task(
    bind=True,
    autoretry_for=(Exception,),
    max_retries=None,
    default_retry_delay=0,
    acks_late=True,
)
def mirror_ticket(self, ticket_id: int) -> None:
    ticket = Ticket.objects.select_related("requester").get(pk=ticket_id)
    body = {
        "subject": ticket.subject,
        "description": ticket.html_body,
        "email": ticket.requester.email,
        "priority": PRIORITY[ticket.priority],
        "status": 2,
        "source": 2,
    }
    with _session() as session:
        if ticket.freshdesk_id:
            url = f"{settings.FRESHDESK_URL}/api/v2/tickets/{ticket.freshdesk_id}"
            response = session.put(url, json=body, timeout=10)
        else:
            response = session.post(f"{settings.FRESHDESK_URL}/api/v2/tickets", json=body, timeout=10)
    response.raise_for_status()
    if not ticket.freshdesk_id:
        Ticket.objects.filter(pk=ticket.pk).update(freshdesk_id=response.json()["id"])
    logger.info("ticket %s mirrored, attempt %s", ticket.pk, self.request.retries)
