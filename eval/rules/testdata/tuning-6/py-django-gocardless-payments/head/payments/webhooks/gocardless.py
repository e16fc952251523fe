import json
import logging

import gocardless_pro
from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from gocardless_pro import webhooks
from gocardless_pro.errors import InvalidSignatureError

from payments.models import LedgerEntry, Mandate

logger = logging.getLogger(__name__)


@csrf_exempt
@require_POST
def gocardless(request):
    try:
        webhooks.parse(
            request.body,
            settings.GOCARDLESS_WEBHOOK_SECRET,
            request.headers.get("Webhook-Signature", ""),
        )
    except InvalidSignatureError:
        return HttpResponse(status=498)

    payload = json.loads(request.body)
    with transaction.atomic():
        for event in payload["events"]:
            if event["resource_type"] != "payments" or event["action"] != "confirmed":
                continue
            mandate = Mandate.objects.filter(payment_id=event["links"]["payment"]).first()
            if mandate is None:
                logger.info("payment of unknown mandate: %s", event["id"])
                continue
            LedgerEntry.objects.create(
                account=mandate.account,
                amount_minor=mandate.instalment_minor,
                kind="credit",
                reference=event["links"]["payment"],
            )
    return HttpResponse(status=204)
