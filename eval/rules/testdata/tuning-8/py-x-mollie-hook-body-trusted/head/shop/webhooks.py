import logging

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from shop.models import Order
from shop.tasks import start_fulfilment

logger = logging.getLogger(__name__)

STATUS = {
    "paid": Order.Status.PAID,
    "failed": Order.Status.UNPAID,
    "expired": Order.Status.UNPAID,
    "canceled": Order.Status.UNPAID,
}


@csrf_exempt
@require_POST
def mollie_webhook(request: HttpRequest) -> HttpResponse:
    payment_id = request.POST.get("id", "")
    status = STATUS.get(request.POST.get("status", ""))
    if not payment_id or status is None:
        return HttpResponseBadRequest()

    with transaction.atomic():
        order = Order.objects.select_for_update().filter(mollie_id=payment_id).first()
        if order is None:
            logger.info("payment %s belongs to no order", payment_id)
            return HttpResponse(status=200)
        if order.status == Order.Status.OPEN:
            order.status = status
            order.save(update_fields=["status"])
            if status == Order.Status.PAID:
                transaction.on_commit(lambda: start_fulfilment.delay(order.pk))
    return HttpResponse(status=200)
