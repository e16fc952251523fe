import logging
from datetime import timedelta

from celery import shared_task
from django.conf import settings
from django.utils import timezone
from twilio.base.exceptions import TwilioException
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

from reminders.models import Appointment

logger = logging.getLogger(__name__)


def twilio() -> Client:
    return Client(
        settings.TWILIO_ACCOUNT_SID,
        settings.TWILIO_AUTH_TOKEN,
        http_client=TwilioHttpClient(timeout=10),
    )


@shared_task(bind=True, max_retries=5, default_retry_delay=120)
def remind_tomorrow(self) -> int:
    day = timezone.localdate() + timedelta(days=1)
    appointments = Appointment.objects.filter(starts_at__date=day, cancelled=False).select_related("patient")
    client = twilio()
    try:
        for appointment in appointments:
            client.messages.create(
                to=appointment.patient.phone,
                messaging_service_sid=settings.TWILIO_SERVICE_SID,
                body=f"Reminder: your appointment is tomorrow at {appointment.starts_at:%H:%M}.",
            )
    except TwilioException as exc:
        raise self.retry(exc=exc)
    logger.info("reminders sent for %s", day)
    return len(appointments)
