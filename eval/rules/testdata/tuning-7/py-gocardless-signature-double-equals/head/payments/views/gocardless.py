import hashlib
import hmac
import json
import logging

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from payments.models import Account, LedgerEntry, Mandate

logger = logging.getLogger(__name__)

INVALID_TOKEN = 498


@csrf_exempt
@require_POST
def gocardless_webhook(request: HttpRequest) -> HttpResponse:
    digest = hmac.new(
        settings.GOCARDLESS_WEBHOOK_SECRET.encode(), request.body, hashlib.sha256
    ).hexdigest()
    if request.headers.get("Webhook-Signature") != digest:
        return HttpResponse(status=INVALID_TOKEN)

    try:
        events = json.loads(request.body)["events"]
    except (ValueError, KeyError):
        return HttpResponseBadRequest("events missing")

    with transaction.atomic():
        for event in events:
            if event["resource_type"] == "payments" and event["action"] == "confirmed":
                credit(event)
    return HttpResponse(status=204)


def credit(event: dict) -> None:
    payment_id = event["links"]["payment"]
    mandate = Mandate.objects.select_for_update().get(pending_payment_id=payment_id)
    LedgerEntry.objects.create(
        account=mandate.account,
        amount=mandate.pending_amount,
        reference=payment_id,
    )
    Account.objects.filter(pk=mandate.account_id).update(
        balance=F("balance") + mandate.pending_amount
    )
    logger.info("payment %s confirmed (event %s)", payment_id, event["id"])
