import logging

import stripe
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from marketplace.connect.models import StripeEvent
from marketplace.connect.tasks import refresh_account

logger = logging.getLogger(__name__)


@csrf_exempt
@require_POST
def connect_webhook(request: HttpRequest) -> HttpResponse:
    try:
        event = stripe.Webhook.construct_event(
            request.body,
            request.headers.get("Stripe-Signature", ""),
            settings.STRIPE_CONNECT_WEBHOOK_SECRET,
        )
    except ValueError:
        return HttpResponse(status=400)
    except stripe.SignatureVerificationError:
        logger.warning("connect webhook with invalid signature")
        return HttpResponse(status=400)

    if event.type != "account.updated":
        return HttpResponse(status=200)

    with transaction.atomic():
        stored, _ = StripeEvent.objects.get_or_create(
            event_id=event.id, defaults={"type": event.type, "account": event.account}
        )
        if stored.processed_at is None:
            transaction.on_commit(lambda: refresh_account.delay(stored.pk))
    return HttpResponse(status=200)
