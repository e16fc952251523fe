import json
import logging
from datetime import datetime

from django.db import IntegrityError, transaction
from django.http import HttpResponse, HttpResponseBadRequest
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from .models import PaddleEvent, Subscription

logger = logging.getLogger(__name__)

STATUS = {
    "subscription.activated": Subscription.ACTIVE,
    "subscription.past_due": Subscription.PAST_DUE,
    "subscription.canceled": Subscription.CANCELED,
}


@csrf_exempt
@require_POST
def paddle_webhook(request):
    try:
        event = json.loads(request.body)
        event_id = event["event_id"]
        event_type = event["event_type"]
        subscription_id = str(event["data"]["id"])
        occurred_at = datetime.fromisoformat(event["occurred_at"])
    except (ValueError, KeyError, TypeError):
        return HttpResponseBadRequest("malformed event")

    status = STATUS.get(event_type)
    if status is None:
        return HttpResponse(status=204)

    try:
        with transaction.atomic():
            PaddleEvent.objects.create(event_id=event_id, event_type=event_type)
            updated = Subscription.objects.filter(
                paddle_id=subscription_id,
                last_event_at__lt=occurred_at,
            ).update(status=status, last_event_at=occurred_at)
    except IntegrityError:
        return HttpResponse(status=200)

    if not updated:
        logger.warning("paddle event %s matched no subscription", event_id)
    return HttpResponse(status=200)
