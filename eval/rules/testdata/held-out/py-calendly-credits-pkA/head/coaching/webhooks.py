import hashlib
import hmac
import time

from django.conf import settings
from django.db.models import F
from django.http import HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from coaching.models import Membership
from coaching.schemas import CalendlyEvent

TOLERANCE = 180


def is_authentic(header: str, body: bytes) -> bool:
    parts = dict(piece.split("=", 1) for piece in header.split(",") if "=" in piece)
    timestamp, signature = parts.get("t", ""), parts.get("v1", "")
    if not timestamp.isdigit() or abs(time.time() - int(timestamp)) > TOLERANCE:
        return False
    expected = hmac.new(
        settings.CALENDLY_SIGNING_KEY.encode(), timestamp.encode() + b"." + body, hashlib.sha256
    ).hexdigest()
    return hmac.compare_digest(expected.encode(), signature.encode())


@csrf_exempt
@require_POST
def calendly(request):
    if not is_authentic(request.headers.get("Calendly-Webhook-Signature", ""), request.body):
        return HttpResponse(status=401)

    try:
        event = CalendlyEvent.model_validate_json(request.body)
    except ValueError as exc:
        return JsonResponse({"error": str(exc)}, status=400)

    if event.event == "invitee.created":
        updated = Membership.objects.filter(
            member__email__iexact=event.payload.email, credits__gt=0
        ).update(credits=F("credits") - 1)
        if not updated:
            return JsonResponse({"result": "no credits"}, status=200)
    return HttpResponse(status=204)
