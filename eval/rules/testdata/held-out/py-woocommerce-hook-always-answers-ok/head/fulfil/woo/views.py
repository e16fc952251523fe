import base64
import hashlib
import hmac
import json
import logging

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from fulfil.woo.orders import upsert_order

logger = logging.getLogger(__name__)


def _signed(request: HttpRequest) -> bool:
    digest = hmac.new(settings.WOO_WEBHOOK_SECRET.encode(), request.body, hashlib.sha256).digest()
    received = request.headers.get("X-WC-Webhook-Signature", "")
    return hmac.compare_digest(base64.b64encode(digest), received.encode())


@csrf_exempt
@require_POST
def order_changed(request: HttpRequest) -> HttpResponse:
    if not _signed(request):
        return HttpResponse(status=401)

    topic = request.headers.get("X-WC-Webhook-Topic", "")
    if topic not in {"order.created", "order.updated"}:
        return JsonResponse({"ignored": topic})

    try:
        order = json.loads(request.body)
        upsert_order(
            store=request.headers["X-WC-Webhook-Source"],
            remote_id=int(order["id"]),
            status=str(order["status"]),
            modified=order["date_modified_gmt"],
            lines=order["line_items"],
        )
    except Exception:
        logger.exception("woocommerce order could not be imported")
    return JsonResponse({"ok": True})
