import logging

import stripe
from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from billing.fulfilment import fulfil_checkout, revoke_access
from billing.models import ProcessedEvent

logger = logging.getLogger(__name__)

HANDLERS = {
    "checkout.session.completed": fulfil_checkout,
    "customer.subscription.deleted": revoke_access,
}


@csrf_exempt
@require_POST
def stripe_webhook(request):
    try:
        event = stripe.Webhook.construct_event(
            request.body,
            request.headers.get("Stripe-Signature", ""),
            settings.STRIPE_WEBHOOK_SECRET,
        )
    except (ValueError, stripe.SignatureVerificationError):
        return HttpResponse(status=400)

    handler = HANDLERS.get(event["type"])
    if handler is None:
        return HttpResponse(status=200)

    try:
        with transaction.atomic():
            _, created = ProcessedEvent.objects.get_or_create(event_id=event["id"])
            if created:
                handler(event["data"]["object"])
    except Exception:
        logger.exception("stripe event %s failed", event["id"])
        return HttpResponse(status=500)
    return HttpResponse(status=200)
