import base64
import hashlib
import hmac
import json
import logging
from datetime import datetime

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

logger = logging.getLogger(__name__)

TABLE = "logistics_shipment"


def _genuine(request: HttpRequest) -> bool:
    mac = hmac.new(settings.AFTERSHIP_WEBHOOK_SECRET.encode(), request.body, hashlib.sha256).digest()
    return hmac.compare_digest(base64.b64encode(mac).decode(), request.headers.get("aftership-hmac-sha256", ""))


@csrf_exempt
@require_POST
def aftership(request: HttpRequest) -> HttpResponse:
    if not _genuine(request):
        return HttpResponse(status=401)

    try:
        tracking = json.loads(request.body)["msg"]
        number, tag = str(tracking["tracking_number"]), str(tracking["tag"])
        updated_at = datetime.fromisoformat(tracking["updated_at"])
    except (KeyError, TypeError, ValueError):
        logger.info("aftership: message not understood")
        return HttpResponse(status=422)

    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {TABLE} SET tag = %s, tag_at = %s "
            "WHERE tracking_number = %s AND (tag_at IS NULL OR tag_at < %s)",
            [tag, updated_at, number, updated_at],
        )
        logger.info("aftership: %s rows set to %s", cursor.rowcount, tag)
    return HttpResponse(status=204)
