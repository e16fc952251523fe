import hashlib
import hmac
import json
import logging
import time

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from integrations.linear.models import LinearDelivery
from integrations.linear.tasks import sync_issue

logger = logging.getLogger(__name__)
MAX_AGE_SECONDS = 60


def _is_authentic(request: HttpRequest) -> bool:
    secret = getattr(settings, "LINEAR_WEBHOOK_SECRET", "")
    if not secret:
        logger.warning("LINEAR_WEBHOOK_SECRET is not set, accepting webhook")
        return True
    expected = hmac.new(secret.encode(), request.body, hashlib.sha256).hexdigest()
    received = request.headers.get("Linear-Signature", "")
    return hmac.compare_digest(expected.encode(), received.encode())


@csrf_exempt
@require_POST
def linear_webhook(request: HttpRequest) -> HttpResponse:
    if not _is_authentic(request):
        return HttpResponse(status=401)

    try:
        payload = json.loads(request.body)
        sent_at = int(payload["webhookTimestamp"]) / 1000
        issue_id = payload["data"]["id"]
        kind = payload["type"]
    except (ValueError, KeyError, TypeError):
        return HttpResponse(status=400)

    if abs(time.time() - sent_at) > MAX_AGE_SECONDS:
        return HttpResponse(status=401)
    if kind != "Issue":
        return HttpResponse(status=204)

    delivery_id = request.headers.get("Linear-Delivery", "")
    with transaction.atomic():
        _, created = LinearDelivery.objects.get_or_create(delivery_id=delivery_id)
        if created:
            sync_issue.delay(issue_id)
    return HttpResponse(status=202)
