import json
import logging

import razorpay
from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.http import HttpResponse, HttpResponseBadRequest
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from razorpay.errors import SignatureVerificationError

from billing.models import ReceivedEvent, Wallet

logger = logging.getLogger(__name__)
client = razorpay.Client(auth=(settings.RAZORPAY_KEY_ID, settings.RAZORPAY_KEY_SECRET))


@csrf_exempt
@require_POST
def razorpay_webhook(request):
    try:
        client.utility.verify_webhook_signature(
            request.body.decode("utf-8"),
            request.headers.get("X-Razorpay-Signature", ""),
            settings.RAZORPAY_WEBHOOK_SECRET,
        )
    except (SignatureVerificationError, UnicodeDecodeError):
        return HttpResponseBadRequest("signature")

    event_id = request.headers.get("x-razorpay-event-id")
    if not event_id:
        return HttpResponseBadRequest("event id")
    event = json.loads(request.body)
    if event["event"] != "payment.captured":
        return HttpResponse(status=200)
    payment = event["payload"]["payment"]["entity"]

    try:
        with transaction.atomic():
            ReceivedEvent.objects.create(event_id=event_id, kind=event["event"])
            updated = Wallet.objects.filter(razorpay_order_id=payment["order_id"]).update(
                balance_paise=F("balance_paise") + payment["amount"]
            )
    except IntegrityError:
        logger.info("event %s came again", event_id)
        return HttpResponse(status=200)
    if not updated:
        logger.warning("no wallet for order %s", payment["order_id"])
    return HttpResponse(status=200)
