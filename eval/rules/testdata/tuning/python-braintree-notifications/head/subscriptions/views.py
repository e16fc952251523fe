import logging

import braintree
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from subscriptions.gateway import gateway
from subscriptions.models import HandledNotification
from subscriptions.services import apply

logger = logging.getLogger(__name__)


@csrf_exempt
@require_POST
def braintree_notification(request):
    try:
        notification = gateway.webhook_notification.parse(
            request.POST.get("bt_signature", ""), request.POST.get("bt_payload", "")
        )
    except braintree.exceptions.InvalidSignatureError:
        return HttpResponse(status=403)

    subscription = getattr(notification, "subscription", None)
    if subscription is None:
        return HttpResponse(status=204)
    key = f"{notification.kind}:{subscription.id}:{notification.timestamp.isoformat()}"

    try:
        with transaction.atomic():
            HandledNotification.objects.create(key=key)
            apply(notification.kind, subscription)
    except IntegrityError:
        if HandledNotification.objects.filter(key=key).exists():
            logger.info("notification repeated", extra={"key": key})
            return HttpResponse(status=204)
        raise
    except Exception:
        logger.exception("notification failed", extra={"key": key})
        return HttpResponse(status=500)
    return HttpResponse(status=204)
