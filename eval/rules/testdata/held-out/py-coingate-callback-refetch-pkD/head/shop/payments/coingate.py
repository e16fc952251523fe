import hmac
import logging

import requests
from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from shop.models import Order

log = logging.getLogger(__name__)


@csrf_exempt
@require_POST
def callback(request, order_id: int) -> HttpResponse:
    order = Order.objects.filter(pk=order_id).exclude(coingate_id=None).first()
    if order is None or not hmac.compare_digest(request.POST.get("token", "").encode(), order.callback_token.encode()):
        return HttpResponse(status=404)

    response = requests.get(
        f"https://api.coingate.com/api/v2/orders/{order.coingate_id}",
        headers={"Authorization": f"Token {settings.COINGATE_TOKEN}"},
        timeout=8,
    )
    if response.status_code != 200:
        log.error("coingate order %s: status %s", order.coingate_id, response.status_code)
        return HttpResponse(status=503)
    remote = response.json()

    with transaction.atomic():
        order = Order.objects.select_for_update().get(pk=order_id)
        if remote["status"] == "paid" and order.status == Order.Status.PENDING:
            order.mark_paid(reference=str(remote["id"]))
        elif remote["status"] in ("expired", "canceled", "invalid") and order.status == Order.Status.PENDING:
            order.cancel(reason=remote["status"])
    return HttpResponse(status=200)
