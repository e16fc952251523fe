import hashlib
import hmac
import json
import logging

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.csrf import csrf_exempt

from inbox.models import IntercomNotification
from inbox.tasks import handle_notification

logger = logging.getLogger(__name__)

TOPICS = {"conversation.user.created", "conversation.admin.closed", "contact.deleted"}


@method_decorator(csrf_exempt, name="dispatch")
class IntercomWebhook(View):
    http_method_names = ["post", "head"]

    def head(self, request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    def post(self, request: HttpRequest) -> HttpResponse:
        if not self._signed(request):
            return HttpResponse(status=401)
        notification = json.loads(request.body)
        topic = notification.get("topic")
        if topic not in TOPICS:
            return HttpResponse()
        row, created = IntercomNotification.objects.get_or_create(
            notification_id=notification["id"], defaults={"topic": topic, "data": notification["data"]}
        )
        if created or row.handled_at is None:
            handle_notification.delay(row.pk)
        else:
            logger.info("intercom notification %s delivered again", row.notification_id)
        return HttpResponse()

    @staticmethod
    def _signed(request: HttpRequest) -> bool:
        mac = hmac.new(settings.INTERCOM_CLIENT_SECRET.encode(), request.body, hashlib.sha1)
        given = request.headers.get("X-Hub-Signature", "")
        return hmac.compare_digest(f"sha1={mac.hexdigest()}".encode(), given.encode())
