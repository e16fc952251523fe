import hashlib
import hmac
import json
import logging
import time

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseForbidden
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from .models import DeliveryEvent

logger = logging.getLogger(__name__)

TRACKED = {"delivered", "failed", "complained", "unsubscribed"}
MAX_AGE_SECONDS = 300


def is_authentic(signature: dict) -> bool:
    try:
        timestamp, token, given = (
            signature["timestamp"],
            signature["token"],
            signature["signature"],
        )
        age = abs(time.time() - int(timestamp))
    except (KeyError, TypeError, ValueError):
        return False
    expected = hmac.new(
        settings.MAILGUN_SIGNING_KEY.encode(),
        f"{timestamp}{token}".encode(),
        hashlib.sha256,
    ).hexdigest()
    return age <= MAX_AGE_SECONDS and hmac.compare_digest(expected, str(given))


@csrf_exempt
@require_POST
def mailgun_events(request: HttpRequest) -> HttpResponse:
    try:
        payload = json.loads(request.body)
        event = payload["event-data"]
    except (ValueError, KeyError, TypeError):
        return HttpResponseBadRequest("unexpected payload")

    if not is_authentic(payload.get("signature") or {}):
        return HttpResponseForbidden()

    if event.get("event") not in TRACKED:
        return HttpResponse(status=204)

    message_id = event.get("message", {}).get("headers", {}).get("message-id")
    if not message_id or not event.get("id"):
        return HttpResponseBadRequest("incomplete event")

    DeliveryEvent.objects.get_or_create(
        external_id=event["id"],
        defaults={"message_id": message_id, "kind": event["event"]},
    )
    return HttpResponse(status=200)
