import hashlib
import hmac
import json
import logging
import time

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from products.models import Product

logger = logging.getLogger(__name__)

MAX_AGE = 300


def _authentic(request: HttpRequest) -> bool:
    sent_at = request.headers.get("X-Pim-Timestamp", "")
    if not sent_at.isdigit() or abs(time.time() - int(sent_at)) > MAX_AGE:
        return False
    expected = hmac.new(
        settings.PIM_SECRET.encode(), sent_at.encode() + b"." + request.body, hashlib.sha256
    ).hexdigest()
    return hmac.compare_digest(expected, request.headers.get("X-Pim-Signature", ""))


@csrf_exempt
@require_POST
def product_changed(request: HttpRequest) -> JsonResponse:
    if not _authentic(request):
        return JsonResponse({"error": "signature"}, status=401)

    body = json.loads(request.body)
    with transaction.atomic():
        for item in body["products"]:
            Product.objects.filter(sku=item["sku"]).update(**item["attributes"])
    logger.info("pim changed %d products", len(body["products"]))
    return JsonResponse({"updated": len(body["products"])})
