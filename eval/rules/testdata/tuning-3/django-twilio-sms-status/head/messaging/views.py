import logging

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse, HttpResponseForbidden
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from twilio.request_validator import RequestValidator

from messaging.models import OutboundSms

log = logging.getLogger(__name__)
validator = RequestValidator(settings.TWILIO_AUTH_TOKEN)

# delivered and failed are final, a late "sent" must not overwrite them
RANK = {"queued": 0, "sending": 1, "sent": 2, "delivered": 3, "undelivered": 3, "failed": 3}


@transaction.atomic
def _apply(sid, status, error_code):
    sms = OutboundSms.objects.select_for_update().get(sid=sid)
    if sms.status_rank < RANK[status]:
        sms.status, sms.status_rank, sms.error_code = status, RANK[status], error_code
        sms.save(update_fields=["status", "status_rank", "error_code"])


@csrf_exempt
@require_POST
def status_callback(request):
    url = settings.PUBLIC_BASE_URL + request.get_full_path()
    if not validator.validate(url, request.POST.dict(), request.headers.get("X-Twilio-Signature", "")):
        return HttpResponseForbidden()

    sid, status = request.POST.get("MessageSid", ""), request.POST.get("MessageStatus", "")
    if status not in RANK:
        return HttpResponse(status=204)

    claim = f"twilio-status:{sid}:{status}"
    if not cache.add(claim, 1, timeout=86_400):
        return HttpResponse(status=204)
    try:
        _apply(sid, status, request.POST.get("ErrorCode") or None)
    except Exception:
        cache.delete(claim)
        raise
    return HttpResponse(status=204)
