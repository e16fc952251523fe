import hashlib
import hmac
import json
import logging

from django.conf import settings
from django.db import transaction
from django.http import JsonResponse
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.csrf import csrf_exempt

from contractors.models import DeelEvent
from contractors.services import book_invoice

logger = logging.getLogger(__name__)


@method_decorator(csrf_exempt, name="dispatch")
class DeelHook(View):
    http_method_names = ["post"]

    def _authentic(self, request) -> bool:
        given = request.headers.get("X-Deel-Signature", "")
        expected = hmac.new(
            settings.DEEL_WEBHOOK_SECRET.encode(), b"POST" + request.body, hashlib.sha256
        ).hexdigest()
        return hmac.compare_digest(given.encode(), expected.encode())

    def post(self, request):
        if not self._authentic(request):
            return JsonResponse({"error": "signature"}, status=401)
        try:
            event = json.loads(request.body)
            with transaction.atomic():
                _, fresh = DeelEvent.objects.get_or_create(event_id=event["data"]["meta"]["event_id"])
                if fresh and event["data"]["meta"]["event_type"] == "invoice-adjustment.created":
                    book_invoice(event["data"]["resource"])
        except Exception:
            logger.exception("deel event not processed")
        return JsonResponse({"status": "ok"})
