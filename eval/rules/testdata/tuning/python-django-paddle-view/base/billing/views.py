import json

from django.db import transaction
from django.http import HttpResponse, HttpResponseBadRequest
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from billing.decorators import paddle_signature
from billing.models import PaddleEvent
from billing.tasks import apply_paddle_event

HANDLED = frozenset({"subscription.activated", "subscription.canceled"})


@csrf_exempt
@require_POST
@paddle_signature
def paddle_events(request):
    try:
        body = json.loads(request.body)
        event_id, event_type = body["event_id"], body["event_type"]
    except (ValueError, KeyError, TypeError):
        return HttpResponseBadRequest()

    if event_type not in HANDLED:
        return HttpResponse(status=204)

    with transaction.atomic():
        event, created = PaddleEvent.objects.get_or_create(
            external_id=event_id, defaults={"kind": event_type, "body": body}
        )
    # the task locks the row and ignores events that are already applied
    if created or event.applied_at is None:
        apply_paddle_event.delay(event.pk)
    return HttpResponse(status=204)
