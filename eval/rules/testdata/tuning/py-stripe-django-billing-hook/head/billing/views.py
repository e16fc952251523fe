import json
import logging

from django.db import transaction
from django.http import HttpResponse, HttpResponseBadRequest
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from billing.models import ProcessedEvent
from billing.schemas import InvoiceEvent, ValidationError
from billing.tasks import extend_subscription

logger = logging.getLogger(__name__)

HANDLED = {"invoice.paid", "invoice.payment_failed"}


@csrf_exempt
@require_POST
def stripe_events(request):
    try:
        event = InvoiceEvent.model_validate(json.loads(request.body))
    except (ValueError, ValidationError):
        return HttpResponseBadRequest("unreadable event")

    if event.type not in HANDLED:
        return HttpResponse(status=204)

    with transaction.atomic():
        _, created = ProcessedEvent.objects.get_or_create(event_id=event.id, defaults={"type": event.type})
        if created:
            # the broker is the same database (django-tasks), so this commits with the row above
            extend_subscription.enqueue(event.id, event.data.object.subscription, event.type)

    logger.info("stripe event %s type=%s new=%s", event.id, event.type, created)
    return HttpResponse(status=200)
