import logging

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from gocardless_pro import webhooks
from gocardless_pro.errors import InvalidSignatureError

from billing.models import GoCardlessEvent
from billing.tasks import drain_gocardless_events

logger = logging.getLogger(__name__)


@csrf_exempt
@require_POST
def gocardless(request: HttpRequest) -> HttpResponse:
    signature = request.headers.get("Webhook-Signature", "")
    try:
        events = webhooks.parse(request.body, settings.GOCARDLESS_WEBHOOK_SECRET, signature)
    except InvalidSignatureError:
        logger.warning("gocardless webhook with invalid signature")
        return HttpResponse(status=498)

    with transaction.atomic():
        GoCardlessEvent.objects.bulk_create(
            [
                GoCardlessEvent(
                    event_id=event.id,
                    resource_type=event.resource_type,
                    action=event.action,
                    links=event.attributes["links"],
                )
                for event in events
            ],
            ignore_conflicts=True,
        )
        transaction.on_commit(drain_gocardless_events.delay)
    return HttpResponse(status=204)
