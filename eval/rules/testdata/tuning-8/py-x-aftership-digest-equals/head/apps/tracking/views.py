import base64
import hashlib
import hmac
import json
import logging

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from apps.tracking.models import InboundEvent
from apps.tracking.tasks import process_inbound_event

logger = logging.getLogger(__name__)


def _signature(body: bytes) -> str:
    mac = hmac.new(settings.AFTERSHIP_WEBHOOK_SECRET.encode(), body, hashlib.sha256)
    return base64.b64encode(mac.digest()).decode()


@csrf_exempt
@require_POST
def aftership_webhook(request: HttpRequest) -> HttpResponse:
    received = request.headers.get("aftership-hmac-sha256", "")
    if received != _signature(request.body):
        logger.warning("aftership webhook rejected: signature mismatch")
        return HttpResponse(status=401)

    try:
        payload = json.loads(request.body)
        event_id = payload["event_id"]
    except (ValueError, KeyError, TypeError):
        return JsonResponse({"error": "malformed"}, status=400)

    event, created = InboundEvent.objects.get_or_create(
        provider="aftership", external_id=event_id, defaults={"payload": payload}
    )
    if created or event.processed_at is None:
        process_inbound_event.delay(event.pk)
    return HttpResponse(status=200)
