import logging

from django.db import transaction
from django.http import JsonResponse
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.csrf import csrf_exempt

from billing.api.auth import recurly_signature_required
from billing.models import ProcessedNotification
from billing.services import apply_notification
from billing.schemas import Notification

logger = logging.getLogger(__name__)


@method_decorator([csrf_exempt, recurly_signature_required], name="dispatch")
class RecurlyNotificationView(View):
    http_method_names = ["post"]

    def post(self, request):
        notification = Notification.parse_raw(request.body)
        self._process(notification)
        return JsonResponse({"status": "ok"})

    @transaction.atomic
    def _process(self, notification: Notification) -> None:
        _, created = ProcessedNotification.objects.get_or_create(
            provider="recurly", external_id=notification.id
        )
        if created:
            apply_notification(notification)
