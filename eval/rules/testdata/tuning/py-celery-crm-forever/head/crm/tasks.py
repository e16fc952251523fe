import httpx
from celery import shared_task
from celery.utils.log import get_task_logger
from django.conf import settings

from crm.models import Contact

logger = get_task_logger(__name__)


@shared_task(bind=True, max_retries=None, default_retry_delay=1)
def push_contact(self, contact_id: int) -> None:
    contact = Contact.objects.get(pk=contact_id)
    try:
        response = httpx.put(
            f"{settings.PIPEDRIVE_URL}/api/v2/persons/{contact.external_id}",
            headers={"x-api-token": settings.PIPEDRIVE_TOKEN},
            json={"name": contact.full_name, "emails": [{"value": contact.email, "primary": True}]},
            timeout=10,
        )
        response.raise_for_status()
    except Exception as exc:
        logger.warning("contact %s not pushed: %s", contact_id, type(exc).__name__)
        raise self.retry(exc=exc)

    Contact.objects.filter(pk=contact_id).update(dirty=False)
    logger.info("contact %s pushed", contact_id)
