import base64
import hashlib
import hmac
import json
import logging
from datetime import datetime, timedelta, timezone

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from filexchange.models import BoxDelivery
from filexchange.tasks import import_box_file

logger = logging.getLogger(__name__)

MAX_AGE = timedelta(minutes=10)


def _sign(key: str, body: bytes, timestamp: str) -> bytes:
    return base64.b64encode(hmac.new(key.encode(), body + timestamp.encode(), hashlib.sha256).digest())


def _trusted(request: HttpRequest) -> bool:
    timestamp = request.headers.get("Box-Delivery-Timestamp", "")
    try:
        age = datetime.now(timezone.utc) - datetime.fromisoformat(timestamp)
    except (ValueError, TypeError):
        return False
    pairs = (
        (settings.BOX_PRIMARY_KEY, request.headers.get("Box-Signature-Primary", "")),
        (settings.BOX_SECONDARY_KEY, request.headers.get("Box-Signature-Secondary", "")),
    )
    return any(given and hmac.compare_digest(_sign(key, request.body, timestamp), given.encode()) for key, given in pairs)


@csrf_exempt
@require_POST
def box_webhook(request: HttpRequest) -> HttpResponse:
    if not _trusted(request):
        logger.warning("box webhook rejected")
        return HttpResponse(status=403)
    event = json.loads(request.body)
    delivery, created = BoxDelivery.objects.get_or_create(
        delivery_id=request.headers.get("Box-Delivery-Id", ""),
        defaults={"trigger": event["trigger"], "file_id": event["source"]["id"]},
    )
    if created or delivery.imported_at is None:
        import_box_file.delay(delivery.pk)
    return HttpResponse(status=202)
