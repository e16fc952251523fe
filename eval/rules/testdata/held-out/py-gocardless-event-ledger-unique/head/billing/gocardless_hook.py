import hashlib
import hmac
import json
import logging

from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.csrf import csrf_exempt

from billing.models import LedgerEntry, PaymentRequest, ProviderEvent

logger = logging.getLogger(__name__)


@method_decorator(csrf_exempt, name="dispatch")
class GoCardlessHook(View):
    http_method_names = ["post"]

    def post(self, request) -> HttpResponse:
        secret = settings.GOCARDLESS_WEBHOOK_SECRET.encode()
        ours = hmac.new(secret, request.body, hashlib.sha256).hexdigest()
        theirs = request.headers.get("Webhook-Signature", "")
        if not hmac.compare_digest(ours.encode(), theirs.encode()):
            return HttpResponse(status=498)

        for event in json.loads(request.body)["events"]:
            with transaction.atomic():
                _, fresh = ProviderEvent.objects.get_or_create(
                    provider="gocardless", event_id=event["id"]
                )
                if fresh and event["resource_type"] == "payments":
                    self._payment(event)
        return HttpResponse(status=204)

    def _payment(self, event: dict) -> None:
        if event["action"] != "confirmed":
            return
        requested = PaymentRequest.objects.select_for_update().get(
            gocardless_id=event["links"]["payment"]
        )
        LedgerEntry.objects.create(
            account=requested.account, amount=requested.amount, reference=event["id"]
        )
        logger.info("payment request %s confirmed", requested.pk)
