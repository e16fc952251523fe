import hashlib
import hmac
import json
import logging
import time

from django.conf import settings
from django.core.mail import EmailMessage
from django.http import HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from orders.models import Order
from orders.pdf import render_receipt
from orders.storage import receipts

logger = logging.getLogger(__name__)


def _signed(request) -> bool:
    ts = request.headers.get("x-timestamp", "")
    if not ts.isdigit() or abs(time.time() * 1000 - int(ts)) > 300_000:
        return False
    want = hmac.new(settings.AIRWALLEX_WEBHOOK_SECRET.encode(), ts.encode() + request.body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(want.encode(), request.headers.get("x-signature", "").encode())


@csrf_exempt
@require_POST
def airwallex(request):
    if not _signed(request):
        return HttpResponse(status=401)
    try:
        event = json.loads(request.body)
        name = event["name"]
        order_number = str(event["data"]["object"]["merchant_order_id"])
    except (ValueError, KeyError, TypeError):
        return HttpResponse(status=400)
    if name != "payment_intent.succeeded":
        return HttpResponse(status=204)

    changed = Order.objects.filter(number=order_number, paid=False).update(paid=True)
    if not changed:
        return HttpResponse(status=200)

    order = Order.objects.select_related("customer").get(number=order_number)
    pdf = render_receipt(order)
    receipts.save(f"{order.number}.pdf", pdf)
    mail = EmailMessage(
        subject=f"Your receipt for order {order.number}",
        body="Thank you for your order. The receipt is attached.",
        to=[order.customer.email],
    )
    mail.attach(f"{order.number}.pdf", pdf, "application/pdf")
    mail.send()
    logger.info("order %s paid, receipt sent", order.number)
    return HttpResponse(status=200)
