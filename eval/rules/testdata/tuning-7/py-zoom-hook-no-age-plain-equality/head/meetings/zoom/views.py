import hashlib
import hmac
import json
import logging

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from meetings.zoom.tasks import refresh_meeting

logger = logging.getLogger(__name__)


def _mac(message: bytes) -> str:
    return hmac.new(settings.ZOOM_WEBHOOK_SECRET.encode(), message, hashlib.sha256).hexdigest()


@csrf_exempt
@require_POST
def zoom_webhook(request: HttpRequest) -> HttpResponse:
    timestamp = request.headers.get("x-zm-request-timestamp", "")
    message = b"v0:" + timestamp.encode() + b":" + request.body
    if request.headers.get("x-zm-signature", "") != "v0=" + _mac(message):
        logger.warning("zoom webhook with invalid signature")
        return HttpResponse(status=401)

    try:
        body = json.loads(request.body)
        event, payload = body["event"], body["payload"]
    except (ValueError, KeyError, TypeError):
        return HttpResponse(status=400)

    if event == "endpoint.url_validation":
        plain = str(payload.get("plainToken", ""))
        return JsonResponse({"plainToken": plain, "encryptedToken": _mac(plain.encode())})

    if event in {"meeting.ended", "meeting.updated"}:
        meeting_id = payload.get("object", {}).get("id")
        if meeting_id is None:
            return HttpResponse(status=422)
        refresh_meeting.delay(str(meeting_id))
    return HttpResponse(status=204)
